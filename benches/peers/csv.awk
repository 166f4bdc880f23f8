# Reads the next table row, from $0 on, into field[1] and so on; a quote that is
# open at the end of a line takes the next line with it.

function read_row(line,    more, segments, segment, at, parts, part, in_part, cell, fields) {
    while (gsub(/"/, "&", line) % 2 == 1 && (getline more) > 0)
        line = line "\n" more
    if (index(line, "\"") == 0)
        return split(line, field, ",")
    fields = 0
    cell = ""
    segments = split(line, segment, "\"")
    for (at = 1; at <= segments; at++) {
        if (at % 2 == 0)
            cell = cell segment[at]
        else if (segment[at] == "" && at > 1 && at < segments)
            cell = cell "\""
        else {
            parts = split(segment[at], in_part, ",")
            if (parts > 0)
                cell = cell in_part[1]
            for (part = 2; part <= parts; part++) {
                field[++fields] = cell
                cell = in_part[part]
            }
        }
    }
    field[++fields] = cell
    return fields
}
