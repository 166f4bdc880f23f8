# Was explain, diff und inspect sagen, auf Deutsch; die Begriffe sind die der Berichte.

# Several things one after another
listed = { $before }, { $next }
and = { $before } und { $next }
clauses = { $before }, { $next }
sentences = { $before } { $next }

# The run that is explained
explain-run = Erklärt wird der Lauf in { $folder }; seine Eingaben sind Byte für Byte, was sie waren.
explain-run-edited = Die Eingaben des Laufs in { $folder } sind Byte für Byte, was sie waren, und seine delivered.csv wurde seither geändert (ihre Prüfsumme ist nicht die in run.json). Erklärt wird, was die Eingaben ergeben.
explain-run-edited-figures = Die Eingaben des Laufs in { $folder } sind Byte für Byte, was sie waren, und seine delivered.csv wurde seither geändert (ihre Prüfsumme ist nicht die in run.json). Erklärt wird, was die Eingaben ergeben; delivered.csv hat andere Zahlen.
explain-run-other-version = Die Eingaben des Laufs in { $folder } sind, was sie waren, und seine delivered.csv hat andere Zahlen: drawdown { $version } hat sie geschrieben, und dies ist { $own }.
explain-run-json-edited = Die Eingaben des Laufs in { $folder } sind, was sie waren, und ebenso seine delivered.csv, die andere Zahlen hat: run.json wurde seither geändert, im Stichtag oder in der Konfiguration.
explain-inputs-changed = Eingaben haben sich seit dem Lauf in { $folder } geändert: { $files }. Erklärt werden die Eingaben von heute.
explain-inputs-changed-figures-same = Eingaben haben sich seit dem Lauf in { $folder } geändert: { $files }. Erklärt werden die Eingaben von heute; die gelieferten Mengen unten sind noch die der delivered.csv.
explain-inputs-changed-and-edited = Eingaben haben sich seit dem Lauf in { $folder } geändert: { $files }. Außerdem wurde seine delivered.csv seither geändert (ihre Prüfsumme ist nicht die in run.json). Erklärt werden die Eingaben von heute.

# What was asked for, and what has the name
explain-title = { $asked }, Stichtag { $day }
explain-found-line = { $kind } { $name }: Position { $line }
explain-found-lines = { $kind } { $name }: { $count } Positionen: { $lines }
explain-found-several = Der Name bezeichnet mehreres ({ $kinds }); alles wird erklärt.
explain-folder = Die Zeilen sind die der Dateien in { $folder }
found-order = Auftrag
found-line = Position
found-contract = Vertrag
found-task = Aufgabe
found-customer = Kunde

# The figures of order lines
explain-share-hours = { $lines }, mit gemeinsamen Stunden
explain-ordered = Bestellt
explain-delivered = Geliefert
explain-in-erp = Im ERP
explain-in-report = Die delivered.csv des Laufs hat { $quantity } für { $line }: das ist nicht die hier erklärte Menge.
explain-nothing-in-report = Die delivered.csv des Laufs hat nichts für { $line }: das ist nicht die hier erklärte Menge.
explain-recorded = { $line }: geliefert ist, was auf der Position erfasst ist, { $quantity } { $unit } (Regel 3.3); ihre Einträge ergeben { $entries }.
explain-not-tracked = { $line }: geliefert ist, was auf der Position erfasst ist, { $quantity } { $unit }: nichts wird für sie erfasst (Regel 3.6).
explain-tracking-unknown = { $line }: nichts sagt, wie ihre gelieferte Menge zu finden ist.
explain-not-confirmed = { $line }: der Auftrag hat den Status „{ $state }“, also ist nichts geliefert (Regel 6.1).
explain-from-own = { $quantity } aus eigenen Einträgen
explain-from-shared = { $quantity } aus Einträgen eines gemeinsamen Namens
explain-from-contract = { $quantity } aus dem Vertrag
explain-made-up = { $line }: { $parts } = { $delivered } { $unit }.
explain-without-entries = { $line }: keine Einträge, { $delivered } { $unit }.
explain-no-quantity = { $line }: eine gelieferte Menge lässt sich nicht angeben.
explain-exception = { $line } ist eine Ausnahme. { $exception }
explain-reached = Das Kontingent von { $quota } { $unit } wurde am { $day } erreicht, und dabei bleibt es (Regel 6.9).
explain-reached-by-entry = Das Kontingent von { $quota } { $unit } wurde am { $day } erreicht, mit { $place }, und dabei bleibt es (Regel 6.9).
explain-reached-by-adjustments = Das Kontingent von { $quota } { $unit } wurde am { $day } erreicht, mit den Anpassungen in { $places }, und dabei bleibt es (Regel 6.9).
explain-reached-made-up = Am Ende dieses Tages waren { $entries } durch Einträge + { $adjusted } angepasst = { $sum } { $unit } abgerufen.
state-draft = Angebot
state-sent = Angebot gesendet
state-cancelled = storniert
state-sale = Verkaufsauftrag
state-done = gesperrt

# The sums behind them
explain-of-line = Einträge der Position { $lines }, nach ihrem Namen oder ihrer Aufgabe
explain-of-only-line = Einträge der Position { $lines }, nach ihrem Namen oder ihrer Aufgabe oder auf dem Vertrag { $contract }
explain-of-lines = Einträge, deren Name oder Aufgabe zu { $lines } gleichermaßen passt
explain-of-contract = Einträge auf dem Vertrag { $contract }
explain-of-contract-for = Einträge auf dem Vertrag { $contract }, für { $lines }
explain-drawn-down = { $entries }: in dieser Reihenfolge abgerufen, jede Position bis zu dem, was von ihr übrig ist, die Mehrmenge auf der letzten (Regel 3.5)
explain-on-first-line = { $entries }: alles auf der ersten Position (Regel 3.5)
explain-rounded = gerundet auf { $step }
explain-rounded-up = aufgerundet auf { $step }
explain-not-rounded = nicht gerundet
explain-not-converted = { $amount }: nicht umgerechnet
explain-taken = { $amount }, { $rounded }: { $result }
explain-converted = { $amount } { $operation } = { $exact } { $unit }, { $rounded }: { $result }
explain-converted-by-hours = { $amount } { $operation } (1 { $unit } sind { $hours } Stunden) = { $exact } { $unit }, { $rounded }: { $result }
explain-together = Zusammen: { $total }
explain-share = { $line } erhält { $quantity } { $unit } (bestellt { $ordered }).

# Adjustments
explain-converted-column = Umgerechnet
explain-converted-unit = In
explain-adjusts-line = Position { $line }
explain-adjusts-contract = Vertrag { $contract }
explain-adjustments = Anpassungen ({ $to }): { $conversion }
explain-drawn = { $line }: { $delivered } geliefert + { $adjusted } angepasst = { $drawn } { $unit } vom Kontingent abgerufen; { $ordered } bestellt − { $drawn } abgerufen = { $remaining } { $unit } verbleibend (Regel 6.10).
adjustment-opening = Anfangsbestand
adjustment-goodwill = Kulanz
adjustment-write_off = Ausbuchung
adjustment-billed_elsewhere = anderweitig abgerechnet

# Why the ERP may have another figure
explain-causes = Warum das ERP eine andere Zahl haben kann (Regel 6.8)
explain-causes-note = Eine Ursache ist eine Berechnung, die die Zahl des ERP ergibt: sie passt, ist aber kein Beweis. delivered.csv nennt die erste.
explain-arithmetic = Berechnung
explain-no-cause = keine Ursache, die drawdown kennt, ergibt { $quantity }
explain-no-sums = keine Einträge
explain-each-sum-up = jede Summe umgerechnet und auf { $step } aufgerundet
explain-each-entry = jeder Eintrag umgerechnet und auf { $step } gerundet, dann addiert
explain-as-they-stand = addiert, wie sie dastehen
explain-all-on-first = alles auf der ersten Position
explain-line-by-line = Position für Position abgerufen
explain-with-excluded = mit den Einträgen außerhalb der Tage, die zählen
explain-with-left-out = mit den Einträgen, die nicht genehmigt oder nicht abrechenbar sind
explain-with-duplicates = mit den doppelten Einträgen
explain-with-unmatched = mit den nicht zugeordneten Einträgen, die den Auftrag, den Vertrag oder die Aufgabe der Position tragen
explain-without-later = ohne spätere Einträge
explain-until = die Einträge bis { $day } ergeben { $sums }: { $quantity } { $unit }
explain-pool-until = die Einträge des Pools bis { $day } ergeben { $sums }, von denen auf diese Position { $quantity } { $unit } entfallen
explain-fit = { $sums }, { $how }: { $quantity } { $unit }
explain-pool-fit = { $sums } des Pools, { $how }, von denen auf diese Position { $quantity } { $unit } entfallen

# Entries
explain-entries = { $entries ->
    [one] { $entries } Eintrag
   *[other] { $entries } Einträge
}
explain-nearly = Einträge, die fast hierher geführt hätten und nicht zählen
explain-became = Was daraus wurde
explain-more-entries = und { $more } weitere, von { $total }; --entries zeigt mehr davon
explain-rule = Regel { $rule }: { $why }.
explain-fate = { $fate }: { $why }
explain-row = { $file }, { $sheet }, Zeile { $row }
explain-place = { $file }, Blatt „{ $sheet }“, Zeile { $row }
explain-reading = Regel 5.6: { $place } hat { $written } { $unit }, den Ausdruck einer binären Gleitkommazahl, der als { $read } gelesen wird.
explain-more-readings = Regel 5.6: und { $more } weitere; --format csv hat alle.
explain-minutes = { $minutes } min
explain-seconds = { $seconds } s

# What became of one entry
outcome-attributed = zugeordnet
outcome-unmatched = nicht zugeordnet
outcome-refused = abgelehnt
outcome-excluded = ausgeschlossen
outcome-not_counted = nicht gezählt
outcome-duplicate = doppelt
outcome-rejected = unbrauchbar

# Why an entry counts here
explain-by-line = seine Auftragsposition „{ $said }“ nennt der Eintrag selbst
explain-by-task = seine Aufgabe „{ $said }“ gehört zur Auftragsposition
explain-by-contract = sein Vertrag „{ $said }“ hat die Auftragsposition
explain-by-map = [map] oder sein Projekt sagt, wofür „{ $said }“ steht

# Why an entry does not count
explain-version = eine von mehreren Fassungen eines Eintrags, und nichts sagt, welche stimmt
explain-changed = eine frühere Fassung eines Eintrags, der geändert wurde
explain-suspected = ein gleicher Eintrag ohne ID steht in einer anderen Datei
explain-duplicate = derselbe Eintrag steht in einer anderen Zeile, die zählt
explain-later = nach dem Stichtag, { $day }
explain-earlier = vor den Tagen, die zählen
explain-left-out = nicht als genehmigt oder abrechenbar markiert, und nur solche Einträge zählen
explain-mismatch = { $unit } ist von anderer Kategorie als { $sold }, die Einheit, in der { $line } verkauft ist
explain-order-is = { $order } hat den Status „{ $state }“
explain-refused = { $orders }, ist also nicht bestätigt
explain-names-nothing = er nennt nichts
explain-not-mapped = [map] sagt nichts zu „{ $said }“
explain-mapped-twice = seine Stichwörter stehen für mehreres
explain-unknown-target = wofür er laut [map] steht, ist in keiner Eingabe
explain-unknown-line = keine Auftragsposition ist „{ $said }“
explain-ambiguous-line = „{ $said }“ passt zu mehreren Auftragspositionen
explain-ambiguous-task = die Aufgabe „{ $said }“ passt zu mehreren Auftragspositionen
explain-task-without-line = die Aufgabe „{ $said }“ hat keine Auftragsposition, und der Eintrag nennt keinen Vertrag
explain-unknown-task = keine Eingabe hat die Aufgabe „{ $said }“
explain-unknown-contract = kein Auftrag hat den Vertrag „{ $said }“
explain-contract-not-tracked = kein Produkt auf dem Vertrag „{ $said }“ wird je Vertrag erfasst
explain-ambiguous-contract = auf dem Vertrag „{ $said }“ sind mehrere Produkte verkauft, deren Stunden sich nicht unterscheiden lassen (Regel 3.4)
explain-ambiguous-contract-of = auf dem Vertrag „{ $said }“ sind mehrere Produkte verkauft ({ $products }), deren Stunden sich nicht unterscheiden lassen (Regel 3.4)
explain-nearest = { $why }; am nächsten liegt { $candidate }

# Two runs beside each other
diff-runs = Läufe
diff-folder = Ordner
diff-old = Alt
diff-new = Neu
diff-upsells-new = Neue Upsellings
diff-upsells-open = Weiterhin offene Upsellings
diff-upsells-changed = Andere Änderungen an offenen Upsellings
diff-upsells-resolved = Erledigte Upsellings
diff-lines-changed = Geänderte Auftragspositionen
diff-lines-new = Neue Auftragspositionen
diff-lines-gone = Weggefallene Auftragspositionen
diff-totals-changed = Änderungen der Kontrollsummen
diff-back-dated = In bereits berichtete Tage nachgetragene Einträge
diff-entries-changed = Einträge bereits berichteter Tage mit anderem Tag oder anderer Menge
diff-moved = Einträge, die jetzt zu einer anderen Position führen
diff-vanished = Einträge, die in neueren Exporten ihrer Tage fehlen
diff-settings = Einstellungen, die sich unterscheiden
diff-counted = { $heading }: { $count }
diff-counted-in-part = { $heading }: { $count }, hier die ersten { $shown }
diff-delivered-before = Zuvor geliefert
diff-excess-before = Mehrmenge zuvor
diff-how = Wie
diff-also = Außerdem
diff-leads-to = Führt zu
diff-led-to = Führte zu
diff-empty = (leer)
diff-no-line = (keine Position)
diff-total-entries = Einträge: { $fate }
diff-total-hours = Stunden: { $fate }
diff-further = Weitere Einträge, die abweichen: { $count }
diff-entries-left-out = Einträge werden nicht verglichen: { $reason }
diff-input-gone = { $file }, woraus { $folder } entstand, ist nicht mehr da
diff-input-changed = { $file }, woraus { $folder } entstand, hat sich seither geändert
diff-unshared = Spalten, die nur einer der Läufe hat, nicht verglichen: { $columns }
diff-periods = Die Läufe betrachten verschiedene Zeiträume ({ $old } und { $new }), daher werden { $columns } nicht verglichen
diff-no-period = kein Zeitraum
diff-period = { $from } bis { $to }
diff-file-changed = { $file } ist nicht, was der Lauf schrieb: die Prüfsumme ist nicht die in run.json. Führen Sie ihn noch einmal aus, damit zwei Läufe verglichen werden
diff-file-filled-in = { $file } wurde geändert, seit der Lauf sie schrieb. Bei den Spalten zum Ausfüllen ist das so gedacht; die anderen werden verglichen, wie sie jetzt sind
diff-same = Die Läufe sagen dasselbe.
diff-differ = Die Läufe weichen voneinander ab; --format csv hat jede Zeile.
resolution-locked = gesperrt
resolution-cancelled = storniert
resolution-more_ordered = mehr bestellt
resolution-new_line = neue Position
resolution-new_order = neuer Auftrag
resolution-correction = Korrektur
resolution-gone = weggefallen
resolution-exception = Ausnahme
resolution-other = anderes

# How files are read
inspect-byte-order-mark = { $encoding } mit Byte-Order-Mark
inspect-delimiter = { $delimiter } zwischen den Zellen
inspect-header = Kopfzeile in Zeile { $row }
inspect-role = Rolle: { $role }
inspect-field = { $word } ({ $name })
inspect-nested = geschachtelt
inspect-left-alone = nicht beachtet: { $headers }
inspect-total-rows = weggelassene Summenzeilen: { $count }
inspect-group-rows = weggelassene Gruppenüberschriften: { $count }
inspect-missing = fehlt: { $field }; erwartet wird eines von: { $headers }
inspect-proposal = ist mit „{ $header }“ „{ $known }“ gemeint? Die Spalte wird nicht beachtet
inspect-unused-pattern = Keine Datei passt zu [files.{ $pattern }] der Konfiguration.
inspect-passed = { $path }: { $reason }
inspect-passed-over = Übergangen
inspect-nothing = Es gibt nichts zu lesen.
inspect-decimal-comma = Dezimalkomma
inspect-decimal-point = Dezimalpunkt, mit Tausendertrennung
inspect-day-first = Tag zuerst
inspect-month-first = Monat zuerst
inspect-number-undecided = unentschieden: { $why }; setzen Sie decimal unter [reading]
inspect-date-undecided = unentschieden: { $why }; setzen Sie dates unter [reading]
delimiter-comma = Komma
delimiter-semicolon = Semikolon
delimiter-tab = Tabulator
delimiter-bar = senkrechter Strich
lacking-order_line_id = die ID der Auftragsposition
lacking-order = der Auftrag
lacking-state_of_the_order = der Status des Auftrags
lacking-product = das Produkt
lacking-ordered_quantity = die bestellte Menge
lacking-unit_of_measure = die Maßeinheit
lacking-date_of_the_entry = das Datum des Eintrags
lacking-quantity = die Menge
lacking-line_or_contract = die Position oder der Vertrag
lacking-unit_name = der Name der Einheit

# What columns are read as; in brackets behind it stands the name that drawdown.toml takes
field-line_id = Auftragsposition, Externe ID
field-line_database_id = Auftragsposition, Datenbank-ID
field-line_label = Auftragsposition, wie das ERP sie zeigt
field-sequence = Reihenfolge im Auftrag
field-display_type = Abschnitt oder Notiz
field-down_payment = Anzahlung
field-description = Beschreibung
field-ordered = bestellte Menge
field-delivered = gelieferte Menge
field-delivered_method = Ermittlung der gelieferten Menge
field-invoiced = abgerechnete Menge
field-price = Stückpreis
field-discount = Rabatt in Prozent
field-subtotal = Zwischensumme ohne Steuern
field-tracking = Erfassung
field-policy = Abrechnungspolitik
field-analytic_distribution = analytische Verteilung
field-line_state = Status der Auftragsposition
field-order = Auftrag
field-order_id = Auftrag, Externe ID
field-order_database_id = Auftrag, Datenbank-ID
field-order_date = Auftragsdatum
field-order_state = Status des Auftrags
field-locked = Auftrag ist gesperrt
field-order_invoice_status = Rechnungsstatus des Auftrags
field-customer = Kunde
field-salesperson = Vertriebsmitarbeiter
field-currency = Währung
field-contract = Vertrag (Kostenstelle)
field-contract_name = Vertrag, Name
field-contract_code = Vertrag, Code
field-contract_id = Vertrag, Externe ID
field-contract_database_id = Vertrag, Datenbank-ID
field-product = Produkt
field-product_name = Produkt, Name
field-product_id = Produkt, Externe ID
field-product_database_id = Produkt, Datenbank-ID
field-product_code = Produkt, interne Referenz
field-product_template_id = Produktvorlage, Externe ID
field-product_template_database_id = Produktvorlage, Datenbank-ID
field-variant_id = Produktvariante, Externe ID
field-variant_database_id = Produktvariante, Datenbank-ID
field-product_type = Produkt, Dienstleistung oder Ware
field-invoice_policy = Abrechnungspolitik im ERP
field-service_policy = Abrechnungspolitik für Dienstleistungen im ERP
field-service_type = Erfassung von Dienstleistungen im ERP
field-track_service = Erfassung von Dienstleistungen (Odoo 10)
field-service_tracking = was ein Auftrag anlegt (Projekt, Aufgabe)
field-upsell_threshold = Upselling-Schwelle
field-hours_per_unit = Stunden je Stück
field-pool = gemeinsames Kontingent
field-upsell = ob Upselling gilt
field-task = Aufgabe
field-task_id = Aufgabe, Externe ID
field-task_database_id = Aufgabe, Datenbank-ID
field-project = Projekt
field-project_id = Projekt, Externe ID
field-project_database_id = Projekt, Datenbank-ID
field-unit = Maßeinheit
field-unit_id = Maßeinheit, Externe ID
field-unit_database_id = Maßeinheit, Datenbank-ID
field-category = Kategorie der Maßeinheit
field-category_id = Kategorie der Maßeinheit, Externe ID
field-category_database_id = Kategorie der Maßeinheit, Datenbank-ID
field-unit_type = Referenz-, größere oder kleinere Einheit
field-factor = Faktor
field-factor_inverse = Umkehrfaktor
field-combined_ratio = kombiniertes Verhältnis
field-ratio = Verhältnis
field-relative_unit = Bezugseinheit
field-relative_unit_id = Bezugseinheit, Externe ID
field-relative_factor = Faktor zur Bezugseinheit
field-rounding = Rundungsschritt
field-active = ob aktiv
field-entry_id = Eintrag, Externe ID
field-entry_database_id = Eintrag, Datenbank-ID
field-date = Datum
field-employee = Mitarbeiter
field-user = Benutzer
field-quantity = Menge
field-approved = ob genehmigt
field-billable = ob abrechenbar
field-billable_type = Art der Abrechnung
field-entry_type = Art des Eintrags
field-client = Kunde in der Zeiterfassung
field-activity = Tätigkeit
field-tags = Stichwörter
field-seconds = Dauer in Sekunden
field-given_name = Vorname
field-family_name = Nachname
field-written = zuletzt geändert
field-kind = Art der Anpassung
field-reason = Grund

# How far a run is
stage-find = Suche nach Dateien
stage-sum = Zeiterfassung wird summiert
stage-settle = Auftragspositionen werden berechnet
stage-look = Einzelne Einträge werden angesehen
stage-write = Berichte werden geschrieben
progress-files = { $files ->
    [one] { $stage }, { $files } Datei
   *[other] { $stage }, { $files } Dateien
}
progress-bytes = { $done } von { $total }
progress-rows = { $rows } Zeilen, { $rate } je Sekunde
progress-left = noch { $left }
