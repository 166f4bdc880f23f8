# A timesheet's microseconds by what its entries name and by unit. Numbers are
# doubles, which hold whole numbers up to 2 ** 53 exactly; a quantity is rounded
# to a whole number before it is added.

BEGIN { OFS = "\t"; times["Hours"] = 3600000000; times["Days"] = 28800000000; times["Minutes"] = 60000000 }
FNR > 1 {
    read_row($0)
    if (field[2] <= "2026-03-31")
        worked[field[7] OFS field[6] OFS field[5] OFS field[10]] += int(field[9] * times[field[10]] + 0.5)
}
END { for (key in worked) printf "%s\t%.0f\n", key, worked[key] }
