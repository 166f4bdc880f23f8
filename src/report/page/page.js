'use strict';
(() => {
  const data = JSON.parse(document.getElementById('data').textContent);
  const words = data.words;
  const one = (selector, root = document) => root.querySelector(selector);
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const fill = (text, values) => text.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
  const element = (name, className, text) => {
    const made = document.createElement(name);
    if (className) made.className = className;
    if (text !== undefined) made.textContent = text;
    return made;
  };

  // Numbers stay text, digit by digit: they are exact. Only their order and the
  // width of a page need a float.
  const number = (printed) => {
    const parts = /^(-?)(\d+)(\.\d+)?$/.exec(printed);
    if (!parts) return printed;
    const whole = parts[2].replace(/\B(?=(\d{3})+$)/g, data.group);
    return parts[1] + whole + (parts[3] ? data.decimal + parts[3].slice(1) : '');
  };
  const percent = (share) => {
    const parts = /^(-?)(\d+)(?:\.(\d+))?$/.exec(share);
    if (!parts) return share;
    const decimals = (parts[3] ?? '').padEnd(2, '0');
    const whole = (parts[2] + decimals.slice(0, 2)).replace(/^0+(?=\d)/, '');
    const rest = decimals.slice(2).replace(/0+$/, '');
    return number(parts[1] + whole + (rest && '.' + rest)) + data.percent;
  };
  const count = (whole) => number(String(whole));
  // A long name may be broken where its parts end, as paths have them, and far
  // inside a word; a day is one part, however it is written.
  const partsOfNames = /[^/\\_]*[/\\_]+|[^/\\_]+/g;
  const insideWords = /(?<=[\p{Script=Latin}\d]{12})(?=[\p{Script=Latin}\d]{12})/u;
  const breakable = (node, text, kind) => {
    const parts =
      kind === 'day' ? [text] : (text.match(partsOfNames) ?? []).flatMap((part) => part.split(insideWords));
    parts.forEach((part, at) => node.append(...(at ? [element('wbr')] : []), part));
    return node;
  };

  // What is searched: letters without their case, width and accents. Some have a
  // stroke or are two in one, which Unicode takes for letters of their own.
  const ownLetters = { ß: 'ss', æ: 'ae', œ: 'oe', ø: 'o', ł: 'l', đ: 'd', ð: 'd', þ: 'th', ħ: 'h', ŧ: 't', ı: 'i' };
  const anyOwnLetter = new RegExp(`[${Object.keys(ownLetters).join('')}]`, 'g');
  const plain = (text) =>
    /^[\x20-\x7e]*$/.test(text)
      ? text.toLowerCase()
      : text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().replace(anyOwnLetter, (one) => ownLetters[one]);
  const isNarrow = matchMedia('(max-width: 40rem)').matches;
  const collator = new Intl.Collator(data.language, { numeric: true });

  // A column: its cells, or for each row the place of its cell among those that
  // occur.
  // A decimal number exactly; none is zero, and so is what is no number.
  const units = (text) => {
    const [, sign, whole, part = ''] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text) ?? [0, '', '0'];
    return BigInt(sign + whole + part.padEnd(40, '0'));
  };

  class Column {
    constructor(told) {
      this.name = told.name;
      this.kind = told.kind;
      this.cells = told.cells;
      this.rows = told.rows;
      this.shownCells = told.shown;
    }
    raw(row) {
      return this.rows ? this.cells[this.rows[row]] : this.cells[row];
    }
    shown(row) {
      const raw = this.raw(row);
      if (raw === '') return '';
      if (this.shownCells) return this.shownCells[this.rows ? this.rows[row] : row];
      if (this.kind === 'share') return percent(raw);
      return this.kind === 'number' ? number(raw) : raw;
    }
    // What of it is searched.
    plainCells() {
      this.plains ??= (this.shownCells ?? this.cells).map(plain);
      return this.plains;
    }
    plainOf(row) {
      return this.plainCells()[this.rows ? this.rows[row] : row];
    }
    // The rank of each row's cell; blank ones come last either way.
    ranks() {
      if (this.known) return this.known;
      const isNumber = this.kind === 'number' || this.kind === 'share';
      const blank = NaN;
      let ranks;
      if (isNumber) {
        ranks = this.cells.map((cell) => (cell === '' ? blank : Number(cell)));
      } else {
        const distinct = [...new Set(this.cells)];
        distinct.sort(this.kind === 'day' ? undefined : collator.compare);
        const places = new Map(distinct.map((cell, place) => [cell, place]));
        ranks = this.cells.map((cell) => (cell === '' ? blank : places.get(cell)));
      }
      this.known = this.rows ? Float64Array.from(this.rows, (at) => ranks[at]) : ranks;
      return this.known;
    }
  }

  // Puts what is known into a clone of a template: data-t is a text, data-a an
  // attribute, data-list a list of texts, data-if what shows only then.
  const place = (node, from) => {
    for (const slot of all('[data-if]', node)) slot.hidden = !from[slot.dataset.if];
    for (const slot of all('[data-t]', node)) slot.textContent = from[slot.dataset.t] ?? '';
    for (const slot of all('[data-list]', node)) {
      slot.replaceChildren(...(from[slot.dataset.list] ?? []).map((text) => {
        const item = element('li', '', text);
        item.dir = 'auto';
        return item;
      }));
    }
    return node;
  };
  const chart = (from) => {
    const node = one('#chart').content.firstElementChild.cloneNode(true);
    for (const slot of [node, ...all('[data-a]', node)]) {
      for (const pair of (slot.dataset.a ?? '').split(' ')) {
        const [attribute, name] = pair.split('=');
        if (name && from[name] !== undefined) slot.setAttribute(attribute, from[name]);
      }
    }
    for (const slot of all('[data-t]', node)) slot.textContent = from[slot.dataset.t] ?? '';
    return node;
  };
  const spark = (from) => {
    const node = chart(from);
    node.setAttribute('class', 'chart spark');
    node.setAttribute('viewBox', '0 18 360 102');
    node.setAttribute('preserveAspectRatio', 'none');
    all('text, circle, .today, .reached, .zero', node).forEach((part) => part.remove());
    return node;
  };

  class List {
    constructor(told) {
      this.id = told.id;
      this.told = told;
      this.size = told.cards ? 12 : isNarrow ? 10 : 25;
      this.page = 0;
      this.count = told.rows;
      this.section = one(`[data-list-of="${told.id}"]`);
      this.columns = new Map((told.columns ?? []).map((column) => [column.name, new Column(column)]));
      this.order = null;
      this.found = null;
      this.sorted = { name: '', descending: false };
      this.headers();
      for (const button of all('[data-step]', this.section)) {
        button.addEventListener('click', () => {
          this.page += Number(button.dataset.step);
          this.show();
          if (button.disabled) one('[data-step]:not(:disabled)', this.section)?.focus();
        });
      }
      const order = one('[data-order]', this.section);
      if (order) {
        order.parentElement.hidden = this.count < 2;
        order.addEventListener('change', () => this.sort(order.value, order.value === 'used'));
      }
    }

    headers() {
      for (const header of all('th[data-column]', this.section)) {
        const shown = this.told.shown[Number(header.dataset.column)];
        if (shown.column === 'chart') continue;
        const button = element('button', '', header.textContent);
        button.type = 'button';
        header.replaceChildren(button);
        header.setAttribute('aria-sort', 'none');
        button.addEventListener('click', () => {
          const same = this.sorted.name === shown.column;
          const first = this.columns.get(shown.column).kind === 'number';
          if (!same) this.sort(shown.column, first);
          else if (this.sorted.descending === first) this.sort(shown.column, !first);
          else this.sort('', false);
          for (const other of all('th[aria-sort]', this.section)) {
            const sorted = other === header && this.sorted.name;
            const way = this.sorted.descending ? 'descending' : 'ascending';
            other.setAttribute('aria-sort', sorted ? way : 'none');
          }
        });
      }
    }

    sort(name, descending) {
      this.sorted = { name, descending };
      this.order = null;
      if (name) {
        const ranks = this.columns.get(name).ranks();
        this.order = Uint32Array.from({ length: this.count }, (_, row) => row);
        const sign = descending ? -1 : 1;
        this.order.sort((a, b) => {
          const [x, y] = [ranks[a], ranks[b]];
          if (Number.isNaN(x) || Number.isNaN(y)) return Number.isNaN(x) - Number.isNaN(y) || a - b;
          return sign * (x - y) || a - b;
        });
      }
      this.page = 0;
      this.filter(wanted);
      this.show();
    }

    // One text for each row: all that is searched.
    texts() {
      if (this.searched) return this.searched;
      const columns = [...this.columns.values()].filter((column) => column.kind === 'text');
      this.searched = Array.from({ length: this.count }, (_, row) => {
        let text = '';
        for (const column of columns) text += column.plainOf(row) + '\n';
        return text;
      });
      return this.searched;
    }

    // Which of a column's cells fit what is chosen; null where all do.
    fitting(name, fits) {
      const column = this.columns.get(name);
      return column && fits && { column, fits: column.cells.map(fits) };
    }

    filter(wanted) {
      const chosen = [
        this.fitting('customer', wanted.customer),
        this.fitting('salesperson', wanted.salesperson && ((cell) => cell === wanted.salesperson)),
        this.fitting('status', wanted.status && ((cell) => cell === wanted.status)),
      ].filter(Boolean);
      const { tokens } = wanted;
      if (!tokens.length && !chosen.length) {
        this.found = this.order;
        return;
      }
      const texts = tokens.length ? this.texts() : null;
      const found = [];
      for (let at = 0; at < this.count; at += 1) {
        const row = this.order ? this.order[at] : at;
        if (texts && !tokens.every((token) => texts[row].includes(token))) continue;
        if (chosen.every(({ column, fits }) => fits[column.rows ? column.rows[row] : row])) found.push(row);
      }
      this.found = found;
    }

    length() {
      return this.found ? this.found.length : this.count;
    }

    show() {
      const length = this.length();
      const pages = Math.max(1, Math.ceil(length / this.size));
      this.page = Math.min(Math.max(this.page, 0), pages - 1);
      const from = this.page * this.size;
      const to = Math.min(from + this.size, length);
      const rows = [];
      for (let at = from; at < to; at += 1) rows.push(this.found ? this.found[at] : at);
      if (this.told.cards) {
        one('[data-cards]', this.section).replaceChildren(...rows.map((row) => this.card(row)));
      } else if (this.count) {
        one('tbody', this.section).replaceChildren(...rows.map((row) => this.row(row)));
        one('[data-table]', this.section).hidden = !length;
      }
      const said = length === this.count ? count(length) : `${count(length)} / ${count(this.count)}`;
      one('[data-count]', this.section).textContent = said;
      const part = one(`[data-part="${this.id}"]`);
      one('.count', part).textContent = said;
      part.classList.toggle('none', !length);
      const empty = one('[data-empty]', this.section);
      empty.hidden = length > 0;
      if (!length) empty.textContent = this.count ? words.nothing : this.told.empty;
      const pager = one('.pager', this.section);
      pager.hidden = length <= this.size;
      one('[data-shown]', pager).textContent = fill(words.shown, {
        from: count(from + 1), to: count(to), all: count(length),
      });
      one('[data-step="-1"]', pager).disabled = this.page === 0;
      one('[data-step="1"]', pager).disabled = this.page === pages - 1;
    }

    card(row) {
      const from = this.told.cards[row];
      const node = place(one('#card').content.firstElementChild.cloneNode(true), from);
      if (from.chart) one('figure', node).replaceChildren(chart(from.chart));
      return node;
    }

    row(row) {
      const made = element('tr');
      made.setAttribute('role', 'row');
      for (const shown of this.told.shown) made.append(this.cell(shown, row));
      return made;
    }

    cell(shown, row) {
      const cell = element('td');
      cell.setAttribute('role', 'cell');
      cell.dataset.label = shown.title;
      if (shown.column === 'chart') {
        const from = this.told.charts[row];
        if (!from) {
          cell.className = 'blank';
          return cell;
        }
        const details = element('details', 'figure');
        const summary = element('summary');
        summary.append(spark(from));
        details.append(summary);
        details.addEventListener('toggle', () => {
          if (details.open && !one('figure', details)) {
            const figure = element('figure');
            figure.append(chart(from));
            details.append(figure);
          }
        });
        cell.append(details);
        return cell;
      }
      const column = this.columns.get(shown.column);
      const text = column.shown(row);
      let below = shown.below ? this.columns.get(shown.below).shown(row) : '';
      if (below && shown.labelled) below = fill(shown.labelled, { text: below });
      const isNumber = column.kind === 'number' || column.kind === 'share';
      cell.className = isNumber ? 'n' : column.kind === 'day' ? 'd' : '';
      if (text === '' && below === '') cell.classList.add('blank');
      if (isNumber && column.raw(row).startsWith('-')) cell.classList.add('minus');
      const unit = shown.unit && text !== '' ? this.columns.get(shown.unit).shown(row) : '';
      const value = element('span', column.name === 'status' ? `tag ${column.raw(row)}` : '');
      breakable(value, text, column.kind);
      value.dir = 'auto';
      const equation = text === '' ? '' : this.equation(shown, row, text);
      let into = cell;
      if (equation) {
        const details = element('details', 'figure');
        const summary = element('summary');
        details.append(summary, element('div', 'equation', equation));
        cell.append(details);
        into = summary;
      }
      into.append(value);
      if (unit) into.append(' ', element('span', 'unit', unit));
      if (below) {
        const { kind } = this.columns.get(shown.below);
        const small = breakable(element('span', kind === 'day' ? 'below d' : 'below'), below, kind);
        small.dir = 'auto';
        cell.append(small);
      }
      return cell;
    }

    // The arithmetic of a figure; none where a part of it is not known.
    equation(shown, row, result) {
      if (shown.is) return this.columns.get(shown.is).raw(row);
      if (!shown.terms) return '';
      let text = '';
      for (const [sign, name, needed] of shown.terms) {
        const value = this.columns.get(name)?.shown(row) ?? '';
        if (value === '') {
          if (needed) return '';
          continue;
        }
        text += (text && ` ${sign} `) + value;
      }
      return `${text} ${this.isRounded(shown, row) ? '→' : '='} ${result}`;
    }

    // Whether a quotient has more decimals than are shown.
    isRounded(shown, row) {
      let [dividend, divisor] = [0n, 0n];
      for (const [sign, name] of shown.terms) {
        const value = units(this.columns.get(name)?.raw(row) ?? '');
        if (sign === '÷') divisor = value;
        else dividend += sign === '−' ? -value : value;
      }
      return divisor !== 0n && dividend * units('1') !== units(this.columns.get(shown.column).raw(row)) * divisor;
    }
  }

  let wanted = { tokens: [], customer: null, salesperson: '', status: '' };
  const lists = data.lists.map((told) => new List(told));
  const [search, customer, salesperson, status] = ['search', 'customer', 'salesperson', 'status'].map((id) =>
    document.getElementById(id));

  const cellsOf = (name) => {
    const found = new Map();
    for (const list of lists) {
      const column = list.columns.get(name);
      column?.cells.forEach((cell, at) => cell !== '' && found.set(cell, column.shownCells?.[at] ?? cell));
    }
    return [...found].sort((a, b) => collator.compare(a[1], b[1]));
  };
  const option = ([value, text]) => {
    const made = element('option', '', text);
    made.value = value;
    return made;
  };
  salesperson.append(...cellsOf('salesperson').map(option));
  const statuses = new Map(cellsOf('status'));
  status.append(...data.statuses.filter((name) => statuses.has(name)).map((name) => option([name, statuses.get(name)])));
  // As many as a person would scroll through; typing narrows them down.
  const names = cellsOf('customer').map(([name]) => name);
  const propose = () => {
    const typed = plain(customer.value.trim());
    const fitting = [];
    for (const name of names) {
      if (fitting.length === 50) break;
      if (plain(name).includes(typed)) fitting.push(option([name, name]));
    }
    one('#customers').replaceChildren(...fitting);
  };
  customer.addEventListener('focus', propose);

  const choose = () => {
    const typed = plain(customer.value.trim());
    const exact = names.includes(customer.value.trim());
    wanted = {
      tokens: plain(search.value).split(/\s+/).filter(Boolean),
      customer: typed && ((cell) => (exact ? plain(cell) === typed : plain(cell).includes(typed))),
      salesperson: salesperson.value,
      status: status.value,
    };
    let [found, rows] = [0, 0];
    for (const list of lists) {
      list.page = 0;
      list.filter(wanted);
      list.show();
      found += list.length();
      rows += list.count;
    }
    // What was chosen is said on paper, where no field shows it.
    one('.chosen').textContent = [search, customer, salesperson, status]
      .filter((field) => field.value)
      .map((field) => `${field.labels[0].textContent}: ${field.selectedOptions?.[0].textContent ?? field.value}`)
      .join(' · ');
    const isNarrowed = search.value || typed || salesperson.value || status.value;
    one('#found').textContent = isNarrowed ? fill(words.found, { found: count(found), all: count(rows) }) : '';
  };
  search.addEventListener('input', choose);
  customer.addEventListener('input', () => {
    propose();
    choose();
  });
  for (const select of [salesperson, status]) {
    // All of it, where the field is narrower.
    const tell = () => {
      select.title = select.selectedOptions[0].textContent;
    };
    tell();
    select.addEventListener('change', () => {
      tell();
      choose();
    });
  }
  const form = one('form');
  form.hidden = false;
  form.addEventListener('submit', (event) => event.preventDefault());
  form.addEventListener('reset', () => setTimeout(choose));
  document.addEventListener('keydown', (event) => {
    const isTyping = event.target.closest?.('input, select, textarea');
    if (event.key === '/' && !isTyping && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      search.focus();
      search.select();
    } else if (event.key === 'Escape' && isTyping && form.contains(event.target)) {
      form.reset();
    }
  });

  // Light or dark, as the system has it until somebody chooses.
  const theme = document.getElementById('theme');
  const dark = matchMedia('(prefers-color-scheme: dark)');
  const isDark = () => (document.documentElement.dataset.theme ?? (dark.matches ? 'dark' : 'light')) === 'dark';
  const say = () => theme.setAttribute('aria-pressed', String(isDark()));
  theme.addEventListener('click', () => {
    document.documentElement.dataset.theme = isDark() ? 'light' : 'dark';
    say();
  });
  dark.addEventListener('change', say);
  say();
  document.getElementById('print').addEventListener('click', () => print());
  one('.tools').hidden = false;

  // On paper there is nothing to page through.
  const onPaper = 500;
  const sizes = lists.map((list) => [list.size, list.page]);
  addEventListener('beforeprint', () => lists.forEach((list, at) => {
    sizes[at] = [list.size, list.page];
    [list.size, list.page] = [onPaper, 0];
    list.show();
  }));
  addEventListener('afterprint', () => lists.forEach((list, at) => {
    [list.size, list.page] = sizes[at];
    list.show();
  }));

  lists.forEach((list) => list.show());
  // What is searched is made while nobody waits for it.
  const later = globalThis.requestIdleCallback ?? ((done) => setTimeout(done, 50));
  lists.forEach((list) => later(() => list.texts()));
})();
