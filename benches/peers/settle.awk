# order_lines.csv, then the sums: the two tables, each row after what it is
# sorted by. Quantities in hundredths, money in cents, time in microseconds: all
# whole, and less than 2 ** 53.

BEGIN { FS = "\t"; hundredth["Hours"] = 36000000; hundredth["Days"] = 288000000; hundredth["Minutes"] = 600000 }

FILENAME == ARGV[1] && FNR > 1 {
    read_row($0)
    id = field[1]
    ids[++count] = id
    order[id] = field[2]; state[id] = field[3]; customer[id] = field[4]; salesperson[id] = field[5]
    sequence[id] = field[7]; product[id] = field[8]; currency[id] = field[17]
    ordered[id] = whole(field[10]); unit[id] = field[11]; exported[id] = whole(field[12])
    subtotal[id] = whole(field[16]); contract[id] = field[18]; tracking[id] = field[20]; policy[id] = field[21]
    confirmed[id] = field[3] == "sale" || field[3] == "done"
    named[id] = 0
    if (field[19] != "")
        by_task[field[19]] = id
    if (tracking[id] == "contract" && confirmed[id])
        join_pool(id, (policy[id] == "ordered" ? 0 : 1) FS field[6] FS order[id] FS sprintf("%09d", field[7]) FS id)
    next
}

# Rule 4: the line, else the line of the task, else the contract; one line's alone.
FILENAME != ARGV[1] {
    id = $1 != "" ? $1 : $2 in by_task ? by_task[$2] : ""
    if (id == "" && $3 in members && members[$3] == 1)
        id = member[$3, 1]
    if (id in confirmed) {
        if (confirmed[id] && unit[id] in hundredth)
            direct[id, $4] += $5
    } else if ($1 == "" && $3 in members)
        shared[$3, $4] += $5
}

END {
    OFS = ","
    # Rule 5.2: each unit's sum is converted and rounded once.
    for (key in direct) {
        split(key, part, SUBSEP)
        named[part[1]] += divided(direct[key], hundredth[unit[part[1]]])
    }
    for (key in shared) {
        split(key, part, SUBSEP)
        total[part[1]] += divided(shared[key], hundredth[unit[member[part[1], 1]]])
    }
    for (at = 1; at <= count; at++) {
        id = ids[at]
        if (tracking[id] == "contract" || tracking[id] == "task")
            ours[id] = confirmed[id] ? named[id] : ""
        else
            ours[id] = tracking[id] == "manual" || confirmed[id] ? exported[id] : ""
    }
    # Rule 3.5: a pool is drawn down line by line, the excess on the last.
    for (name in members) {
        left = total[name] + 0
        for (at = 1; at <= members[name]; at++) {
            id = member[name, at]
            room = ordered[id] > named[id] ? ordered[id] - named[id] : 0
            share = at == members[name] || left < room ? left : room
            ours[id] += share
            left -= share
        }
    }
    # Rule 6.
    for (at = 1; at <= count; at++)
        value(ids[at])
    for (name in members)
        judge(name, members[name])
    for (at = 1; at <= count; at++) {
        id = ids[at]
        if (!(id in pooled)) {
            member[id, 1] = id
            judge(id, 1)
        }
    }
    for (at = 1; at <= count; at++)
        print_line(ids[at])
}

function join_pool(id, key,    name, at) {
    name = contract[id]
    pooled[id] = 1
    drawn[id] = key
    for (at = ++members[name]; at > 1 && drawn[member[name, at - 1]] > key; at--)
        member[name, at] = member[name, at - 1]
    member[name, at] = id
}

function value(id,    within, past) {
    consumed[id] = overrun[id] = ""
    if (policy[id] != "ordered" || !confirmed[id] || ours[id] == "")
        return
    within = ours[id] < ordered[id] ? ours[id] : ordered[id]
    past = ours[id] - ordered[id]
    consumed[id] = divided((within > 0 ? within : 0) * subtotal[id], ordered[id])
    overrun[id] = divided((past > 0 ? past : 0) * subtotal[id], ordered[id])
}

function judge(name, lines,    at, id, sells, sold, given, past, names, status) {
    sells = sold = given = past = 0
    names = ""
    status = "ok"
    for (at = 1; at <= lines; at++) {
        id = member[name, at]
        sells = sells || (state[id] == "sale" && policy[id] == "ordered" && tracking[id] != "none")
        sold += ordered[id]; given += ours[id]; past += overrun[id]
        names = names (at > 1 ? " " : "") id
    }
    if (sells && given > 0 && given >= sold) {
        status = "upsell"
        id = member[name, 1]
        printf "%s\t%015.0f\t%s\t%s\t", currency[id], 1e14 - past, order[id], id > upsells
        print order[id], names, quoted(customer[id]), quoted(salesperson[id]), quoted(product[id]), \
            quoted(contract[id]), fixed(sold, 2), unit[id], fixed(given, 2), fixed(given - sold, 2), \
            fixed(divided(given * 10000, sold), 4), fixed(past, 2), currency[id] > upsells
    } else if (sells && given > 0 && given * 10 >= sold * 8)
        status = "near"
    for (at = 1; at <= lines; at++)
        judged[member[name, at]] = status
}

function print_line(id,    status, known) {
    status = judged[id]
    if (state[id] == "draft" || state[id] == "sent") status = "not_confirmed"
    else if (state[id] == "cancel") status = "cancelled"
    else if (tracking[id] == "none") status = "not_tracked"
    else if (state[id] == "done") status = "locked"
    known = ours[id] != ""
    printf "%s\t%09d\t%s\t", order[id], sequence[id], id
    print order[id], id, quoted(customer[id]), quoted(product[id]), quoted(contract[id]), fixed(ordered[id], 2), \
        unit[id], fixed(ours[id], 2), fixed(exported[id], 2), known ? fixed(ours[id] - exported[id], 2) : "", \
        known ? fixed(ordered[id] - ours[id], 2) : "", known ? fixed(divided(ours[id] * 10000, ordered[id]), 4) : "", \
        fixed(consumed[id], 2), fixed(overrun[id], 2), currency[id], status
}

function whole(text) { return int(text * 100 + 0.5) }

# Half up; nothing here is below zero.
function divided(a, b,    twice) {
    twice = 2 * a + b
    return (twice - twice % (2 * b)) / (2 * b)
}

function fixed(n, decimals,    unit, size, rest) {
    if (n == "") return ""
    unit = 10 ^ decimals
    size = n < 0 ? -n : n
    rest = size % unit
    return sprintf("%s%.0f.%0" decimals ".0f", n < 0 ? "-" : "", (size - rest) / unit, rest)
}

function quoted(text) {
    if (text !~ /[",\n\r]/) return text
    gsub(/"/, "\"\"", text)
    return "\"" text "\""
}
