// What everybody must be able to read and reach, of the page as it is shown.
// The value is a list of complaints.
(() => {
  const complaints = [];
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const complain = (what, node) =>
    complaints.push(`${what}: ${node.tagName.toLowerCase()}.${node.getAttribute('class') ?? ''} "${node.textContent.trim().slice(0, 60)}"`);
  for (const list of all('section.list')) list.style.contentVisibility = 'visible';
  const isShown = (node) =>
    node.checkVisibility({ visibilityProperty: true }) && !node.closest('.vh, .skip, template, .rows thead:has(.n) [hidden]');

  // Nothing is wider than the window.
  const wide = document.documentElement.scrollWidth;
  if (wide > innerWidth) complaints.push(`the page is ${wide} wide, of ${innerWidth}`);

  for (const table of all('.scroll').filter(() => innerWidth > 1000)) {
    if (table.scrollWidth > table.clientWidth) complain(`${table.scrollWidth} wide, of ${table.clientWidth}`, table);
  }

  // Headings leave out no level.
  let before = 0;
  for (const heading of all('h1, h2, h3, h4, h5, h6')) {
    const level = Number(heading.tagName[1]);
    if (level > before + 1) complain(`a heading of level ${level} below ${before}`, heading);
    before = level;
  }
  if (all('h1').length !== 1) complaints.push('there is one h1');
  if (!document.documentElement.lang) complaints.push('the page says its language');
  if (!document.querySelector('main')) complaints.push('the page has a main part');
  for (const part of all('section, nav, form, [role=region], svg[role=img]')) {
    const named = part.getAttribute('aria-label') || document.getElementById(part.getAttribute('aria-labelledby'));
    if (!named) complain('has no name', part);
  }

  // Tables say what their headings are of.
  for (const heading of all('th')) {
    if (!['col', 'row'].includes(heading.getAttribute('scope'))) complain('a heading without scope', heading);
  }
  for (const heading of all('th:has(button)')) {
    if (!heading.hasAttribute('aria-sort')) complain('sorts and does not say so', heading);
  }
  for (const table of all('table')) {
    if (!table.caption && !table.closest('[aria-labelledby], details')) complain('has no name', table);
  }
  const ids = all('[id]').map((node) => node.id);
  for (const id of ids) if (ids.indexOf(id) !== ids.lastIndexOf(id)) complaints.push(`twice: id ${id}`);
  if (document.querySelector('#found[role=status][aria-live=polite]') === null) complaints.push('hits are not announced');
  // What scrolls is reached by the keyboard.
  for (const node of all('.scroll')) if (node.tabIndex !== 0) complain('scrolls and has no focus', node);

  // Letters stand out from what is behind them (WCAG 1.4.3).
  const parse = (text) => {
    const numbers = text.match(/[\d.]+/g)?.map(Number) ?? [0, 0, 0, 0];
    return text.startsWith('rgb') ? [numbers[0], numbers[1], numbers[2], numbers[3] ?? 1] : [0, 0, 0, 0];
  };
  const over = (top, below) => top.slice(0, 3).map((part, at) => part * top[3] + below[at] * (1 - top[3])).concat(1);
  const luminance = (color) => {
    const [r, g, b] = color.map((part) => {
      const share = part / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const behind = (node) => {
    const layers = [];
    for (let at = node; at; at = at.parentElement) layers.push(parse(getComputedStyle(at).backgroundColor));
    return layers.reverse().reduce((below, top) => over(top, below), [255, 255, 255, 1]);
  };
  const texts = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode;
    if (node.nodeValue.trim() && isShown(node.parentElement) && !node.parentElement.closest('script, style, desc, title, option, button:disabled, noscript')) {
      texts.push(node);
    }
  }
  const seen = new Set();
  for (const { parentElement: node } of texts) {
    const style = getComputedStyle(node);
    const back = behind(node);
    const ink = over(parse(node.closest('svg') ? style.fill : style.color), back);
    const [a, b] = [luminance(ink), luminance(back)];
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    const key = `${ink} on ${back}`;
    if (ratio < 4.5 && !seen.has(key)) {
      seen.add(key);
      complain(`contrast ${ratio.toFixed(2)} of ${key}`, node);
    }
  }

  // Labels and figures are broken between words only.
  const whole = '.figures dt, .figures summary, .facts dt, .tile .label, .tile .value, .pairs dd, .small-table td.n, th:not([dir]), .parts a, button, .tag, .amount summary bdi, td.n summary, h1, h2';
  const range = document.createRange();
  for (const node of texts) {
    if (!node.parentElement.closest(whole)) continue;
    for (const word of node.nodeValue.matchAll(/[^\s\-/·()]+/g)) {
      if (/[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u303f]/.test(word[0])) continue;
      range.setStart(node, word.index);
      range.setEnd(node, word.index + word[0].length);
      const lines = new Set([...range.getClientRects()].filter((box) => box.width > 0).map((box) => Math.round(box.top)));
      if (lines.size > 1) complain(`"${word[0]}" is broken`, node.parentElement);
    }
  }

  // Texts of a drawing lie within its card, and none over another.
  for (const svg of all('svg.chart:not(.spark)').filter(isShown)) {
    const card = svg.closest('.card, td').getBoundingClientRect();
    const boxes = all('text', svg).filter((text) => text.textContent).map((text) => [text, text.getBoundingClientRect()]);
    for (const [text, box] of boxes) {
      if (box.left < card.left || box.right > card.right) complain('runs over the edge', text);
    }
    boxes.forEach(([text, a], at) => {
      for (const [other, b] of boxes.slice(at + 1)) {
        const [across, down] = [Math.min(a.right, b.right) - Math.max(a.left, b.left), Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top)];
        if (across > 0 && down > 2) complain(`lies over "${other.textContent}"`, text);
      }
    });
  }

  // Neighbouring cells keep off each other.
  const lettersOf = Map.groupBy(texts, (node) => node.parentElement.closest('.rows td, .rows th'));
  for (const row of all('.rows tr').filter(isShown)) {
    const cells = [...row.cells].filter((cell) => cell.checkVisibility() && cell.textContent);
    const boxes = cells.map((cell) => (lettersOf.get(cell) ?? []).flatMap((node) => {
      range.selectNodeContents(node);
      return [...range.getClientRects()];
    }));
    for (let at = 1; at < boxes.length; at += 1) {
      const touches = boxes[at - 1].some((a) =>
        boxes[at].some((b) => b.top < a.bottom && a.top < b.bottom && b.left >= a.left && b.left - a.right < 6));
      if (touches) complain('touches what is before it', cells[at]);
    }
  }

  // A headline figure opens to what it is the sum of, or is nothing.
  for (const tile of all('.tile')) {
    const value = tile.querySelector('.value').firstChild.nodeValue.trim();
    const parts = all('.pairs dd', tile).map((part) => part.textContent.trim());
    const sum = tile.querySelector('.equation')?.textContent;
    if (!tile.querySelector('details')) {
      if (value !== '0') complain('does not open', tile);
    } else if (parts.length === 1 ? parts[0] !== value : sum !== `${parts.join(' + ')} = ${value}`) {
      complain(`${value} is not ${parts.join(' + ')} (${sum})`, tile);
    }
  }

  // What is chosen is read in full, or at least told.
  const pen = document.createElement('canvas').getContext('2d');
  for (const select of all('select').filter(isShown)) {
    const style = getComputedStyle(select);
    pen.font = style.font;
    const text = select.selectedOptions[0].textContent;
    const room = select.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
    if (pen.measureText(text).width > room && (select.title !== text || style.textOverflow !== 'ellipsis')) complain('is cut', select);
    if (innerWidth > 1000 && pen.measureText(text).width > room) complain('is too narrow', select);
  }
  return complaints;
})()
