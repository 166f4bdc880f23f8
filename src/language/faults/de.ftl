# Was über Ausnahmen gesagt wird, auf Deutsch; die Begriffe sind die von Odoo.

# What was expected of a cell
expected-decimal = eine Dezimalzahl wie 7.5 mit höchstens 28 Ziffern
expected-decimal-with-comma = eine Dezimalzahl wie 7,5 mit höchstens 28 Ziffern
expected-date = ein Datum wie 2026-03-02
expected-yes-or-no = ja oder nein
expected-one-of = { $values }
expected-section-or-note = line_section, line_note oder nichts
expected-seconds-or-duration = ganze Sekunden wie 27000 oder eine Dauer wie 7:30
expected-decimal-or-duration = eine Dezimalzahl wie 7.5 oder eine Dauer wie 7:30
expected-decimal-with-comma-or-duration = eine Dezimalzahl wie 7,5 oder eine Dauer wie 7:30
expected-decimal-not-below-zero = eine Zahl ab 0, wie 1 oder 0.9
expected-share-of-ordered = ein Anteil an der bestellten Menge, von 0 bis 10: 0.8 oder 80 % für 80 Prozent
expected-name-or-id = ein Name oder eine ID
expected-cells-of-header = { $cells } Zellen wie in der Kopfzeile; diese ist Zelle { $cell }
expected-shown-mark = eine Spalte, die ihr Dezimalzeichen erkennen lässt; { $example }
expected-one-mark = ein einziges Dezimalzeichen je Spalte; { $example }
expected-shown-order = eine Spalte, die die Reihenfolge von Tag und Monat erkennen lässt; { $example }
expected-one-order = eine einzige Reihenfolge von Tag und Monat je Spalte; { $example }
example-either = „{ $text }“ kann { $one } oder { $other } sein
example-two-numbers = „{ $text }“ kann zwei verschiedene Zahlen meinen
example-two-days = „{ $text }“ kann zwei verschiedene Tage meinen
example-both = sie enthält „{ $one }“ und „{ $other }“
expected-decision-day = ein Datum wie 2026-04-15
expected-decision = eines davon: { decision-new_line }, { decision-new_order }, { decision-lock }, { decision-no }, { decision-wait }

# What was expected where nothing stands
expected-order-name = der Name des Auftrags
expected-line-id = die ID der Auftragsposition
expected-product-name = der Name des Produkts
expected-task-name = der Name der Aufgabe
expected-adjustment-day = der Tag der Anpassung
expected-adjusted-quantity = die angepasste Menge
expected-line-or-contract = die Auftragsposition oder der Vertrag, der angepasst wird
expected-order-of-line = der Auftrag, zu dem die Position gehört
expected-ordered-quantity = die bestellte Menge
expected-sold-product = das verkaufte Produkt
expected-recorded-quantity = die gelieferte Menge, die von Hand erfasst wird
expected-unit-of-quantities = die Maßeinheit der Mengen

# What was expected of what a cell names
expected-one-line = eine einzige Auftragsposition; dieser Text passt auf mehrere
expected-line-of-inputs = eine Auftragsposition aus einer der Eingaben
expected-one-contract = ein einziger Vertrag; dieser Name passt auf mehrere
expected-contract-of-inputs = der Vertrag eines Auftrags aus einer der Eingaben
expected-contract-of-one-pool = ein Vertrag mit einem einzigen gemeinsamen Kontingent (Regel 3.4); dieser verkauft mehrere
expected-tracked-contract = ein Vertrag, auf dem ein Produkt je Vertrag erfasst wird
expected-confirmed-order = ein bestätigter Auftrag (Status sale oder done)
expected-known-unit = { unit-Hours }, { unit-Days }, { unit-Weeks }, { unit-Minutes }, eine Einheit aus einer Datei der Maßeinheiten oder ein Alias
expected-per-cent-with-sign = eine Zahl in Prozent mit ihrem Zeichen, wie 10 %
expected-unit-of-category = eine Einheit der Kategorie { $category }, denn Auftragsposition { $line } wird in { $unit } verkauft
expected-product-policy = die Abrechnungspolitik des Produkts, aus einer Spalte, einer Produktdatei oder der Konfiguration
expected-product-tracking = die Erfassung des Produkts, aus einer Spalte, einer Produktdatei oder der Konfiguration
expected-product-policy-and-tracking = Abrechnungspolitik und Erfassung des Produkts, aus einer Spalte, einer Produktdatei oder der Konfiguration
expected-one-pool = ein einziges Produkt, oder ein gemeinsames Kontingent eines Kunden in einer Währung, je Vertrag erfasst
expected-counted-version = die Version, die zählt: { $version } in { $place }
expected-one-version = eine einzige Version des Eintrags; eine andere ist { $version } in { $place }
expected-own-entry = ein eigener Eintrag, oder eine ID, die ihn unterscheidet; derselbe steht in { $place }
expected-own-adjustment = eine eigene Anpassung; dieselbe steht in { $place }

# What was found
met-product-of-lines = { $product } ({ $lines ->
        [one] 1 Position
       *[other] { $lines } Positionen
    })
met-entry-of-orders = { $quantity }, { $orders }
met-draft-order = { $order } (Angebot)
met-sent-order = { $order } (Angebot gesendet)
met-cancelled-order = { $order } (storniert)
met-version-of-entry = { $id }: { $quantity }, { $day }
met-quantity-of-day = { $quantity }, { $day }
met-quantity-of-category = { $quantity } ({ $category })

# What to do about a cell
action-correct-cell = berichtigen Sie die Zelle
action-correct-cell-or-export = berichtigen Sie die Zelle oder den Export
action-failed-number = die Formel dieser Zelle ist fehlgeschlagen: berichtigen Sie sie, oder schreiben Sie die Zahl hin
action-failed-name = die Formel dieser Zelle ist fehlgeschlagen: berichtigen Sie sie, oder schreiben Sie den Wert hin
action-uncalculated = die Formel dieser Zelle ist noch nicht berechnet: öffnen Sie die Arbeitsmappe in einer Tabellenkalkulation und speichern Sie sie, oder schreiben Sie den Wert hin
action-id-as-text = eine Arbeitsmappe behält von einer Zahl nur rund 15 Stellen, sodass aus zwei IDs eine geworden sein kann: exportieren Sie diese Spalte als Text
action-no-per-cent = schreiben Sie nur die Zahl, ohne Prozentzeichen
action-sign-of-per-cent = eine Arbeitsmappe .xls oder .xlsb sagt nicht, ob dies in Prozent angezeigt wird: schreiben Sie es mit dem Zeichen, wie "10 %", oder speichern Sie die Arbeitsmappe als .xlsx
action-one-file-or-distinct = geben Sie jede Anpassung einmal an; sind beide gemeint, unterscheiden Sie sie durch ihre Gründe
action-shown-as-date = die Tabellenkalkulation zeigt diese Zelle als Datum: formatieren Sie sie als Zahl
action-hours-as-decimal = schreiben Sie Stunden und Minuten als Dezimalzahl: 7:30 ist 7.5
action-hours-as-decimal-with-comma = schreiben Sie Stunden und Minuten als Dezimalzahl: 7:30 ist 7,5
action-one-number = berichtigen Sie die Zelle: schreiben Sie eine einzige Zahl mit höchstens 28 Ziffern und ohne Exponenten
action-has-letter = berichtigen Sie die Zelle: sie enthält den Buchstaben { $letter }
action-has-word = berichtigen Sie die Zelle: neben der Zahl steht „{ $word }“
action-number-in-digits = berichtigen Sie die Zelle: schreiben Sie die Zahl in Ziffern
action-has-sign = berichtigen Sie die Zelle: sie enthält „{ $sign }“ ({ $code })
action-has-hidden = berichtigen Sie die Zelle: sie enthält ein unsichtbares Zeichen ({ $code })
action-decimal-point = schreiben Sie die Zahl mit Dezimalpunkt und ohne Tausendertrennung, wie 1234.5
action-decimal-comma = schreiben Sie die Zahl mit Dezimalkomma und ohne Tausendertrennung, wie 1234,5
action-no-such-day = berichtigen Sie die Zelle: diesen Tag gibt es im Kalender nicht
action-year-out-of-range = berichtigen Sie die Zelle: das Jahr muss von 1900 bis 2200 sein
action-format-as-date = formatieren Sie die Zelle als Datum, oder schreiben Sie das Datum als Jahr-Monat-Tag
action-four-digit-year = schreiben Sie das Jahr vierstellig oder das Datum als Jahr-Monat-Tag: welche der Zahlen das Jahr ist und zu welchem Jahrhundert es gehört, wird nicht geraten
action-year-month-day = schreiben Sie das Datum als Jahr-Monat-Tag
action-quote-delimiter = setzen Sie die Zelle, die ein Trennzeichen enthält, in Anführungszeichen, wie "7,5"
action-head-or-clear = geben Sie der Spalte dieser Zelle eine Überschrift, oder leeren Sie die Zelle
action-say-mark = geben Sie unter [reading] in drawdown.toml an, welches Zeichen es ist: decimal = "," oder "."
action-say-order = geben Sie unter [reading] in drawdown.toml an, welche Reihenfolge es ist: dates = "dmy" oder "mdy"
action-fill-cell = füllen Sie die Zelle aus
action-fill-one-cell = füllen Sie eine der beiden Zellen aus
action-fill-or-export-name = füllen Sie die Zelle aus, oder exportieren Sie den Namen des Auftrags
action-fill-or-export-id = exportieren Sie die Positionen mit ihrer Externen ID, oder füllen Sie die Zelle aus
action-fill-or-take-out = füllen Sie die Zelle aus, oder nehmen Sie die Zeile heraus
action-fill-or-export-column = füllen Sie die Zelle aus, oder exportieren Sie die Spalte „{ $column }“
action-correct-decision = berichtigen Sie es neben dem Upselling von { $order }, hier oder in der Arbeitsmappe; bis dahin bleibt es, wie es dasteht

# What to do about what a cell names
action-line-by-id = nennen Sie die Position mit ihrer ID, wie delivered.csv es tut
action-export-line-id = exportieren Sie auch die ID der Position (sale_line_id/id)
action-export-lines = exportieren Sie die Auftragspositionen noch einmal, mit dieser
action-contract-as-named = schreiben Sie den Vertrag, wie der Auftrag ihn nennt, oder nennen Sie eine Auftragsposition
action-name-line = nennen Sie eine Auftragsposition
action-name-adjusted-line = nennen Sie die Auftragsposition, die angepasst wird
action-confirm-or-take-out = bestätigen Sie den Auftrag, oder nehmen Sie die Anpassung heraus
action-confirm-or-book-elsewhere = bestätigen Sie den Auftrag, oder buchen Sie die Stunden auf einen anderen
action-correct-adjustment-unit = berichtigen Sie die Einheit der Anpassung
action-correct-unit = berichtigen Sie die Einheit des Eintrags oder der Auftragsposition
action-hours-per-unit = berichtigen Sie die Einheit, oder geben Sie an, wie viele Stunden ein Stück hat; fügen Sie in drawdown.toml ein:
    { "[" }products.{ $product }]
    hours_per_unit = 8 # Stunden je Einheit; 8 ist ein Beispiel
action-unit-meant = ist „{ $unit }“ gemeint? Dann schreiben Sie unter [aliases] in drawdown.toml:
    { $alias } = { $name }
action-declare-unit = exportieren Sie auch die Maßeinheiten, oder fügen Sie in drawdown.toml ein:
    { "[" }units.{ $unit }]
    category = "Working Time"
    ratio = 8 # Stunden je Einheit; 8 ist ein Beispiel
action-paste-policy = exportieren Sie auch die Produkte, oder fügen Sie in drawdown.toml ein:
    { "[" }products.{ $product }]
    policy = "ordered" # oder "delivered"
action-paste-tracking = exportieren Sie auch die Produkte, oder fügen Sie in drawdown.toml ein:
    { "[" }products.{ $product }]
    tracking = "contract" # oder "task", "manual", "none"
action-paste-policy-and-tracking = exportieren Sie auch die Produkte, oder fügen Sie in drawdown.toml ein:
    { "[" }products.{ $product }]
    policy = "ordered" # oder "delivered"
    tracking = "contract" # oder "task", "manual", "none"
action-split-or-track-by-task = teilen Sie den Auftrag, sodass jedes Produkt seinen eigenen Vertrag hat, oder erfassen Sie diese Produkte je Aufgabe
action-nothing-if-right = nichts, wenn die Version, die zählt, die richtige ist
action-ids-or-distinct = exportieren Sie IDs, oder setzen Sie overlap = "distinct", wenn beide gearbeitet wurden
action-write-date-or-choose = exportieren Sie auch das Datum der letzten Änderung (write_date), oder wählen Sie mit --on-conflict newest|first
action-readable-write-date = schreiben Sie den Zeitpunkt „{ $text }“ in der Spalte der letzten Änderung in der Form 2026-03-02 10:15:00; oder geben Sie unter [reading] in drawdown.toml an, ob Tag oder Monat zuerst steht: dates = "dmy" oder "mdy"

# What is set up so that it goes wrong
advice-orders-locked = { $locked } von { $confirmed } bestätigten Aufträgen sind gesperrt und damit kein Upselling
advice-ignore-locks = wenn Ihr Unternehmen jeden Auftrag bei der Bestätigung sperrt, schreiben Sie locked = "ignore" in drawdown.toml
advice-piece-without-hours = { $product } ({ $lines ->
        [one] 1 Position
       *[other] { $lines } Positionen
    }) wird im Voraus bezahlt und in { $unit } verkauft, und nichts sagt, wie viele Stunden ein Stück hat
advice-say-hours-of-piece = verkaufen Sie es nach Stunden, oder fügen Sie in drawdown.toml ein, wie viele Stunden ein Stück hat:
    { "[" }products.{ $product }]
    hours_per_unit = 8 # Stunden je Einheit; 8 ist ein Beispiel
advice-nothing-tracked = { $product } ({ $lines ->
        [one] 1 Position
       *[other] { $lines } Positionen
    }) ist bestätigt und wird erfasst, hat aber weder Vertrag noch Aufgabe noch Eintrag
advice-give-account-or-task = geben Sie im ERP dem Auftrag seine Kostenstelle oder der Position ihre Aufgabe; wenn niemand es erfasst, schreiben Sie tracking = "none" für das Produkt in drawdown.toml
advice-prepaid-by-delivery = { $product } ({ $lines ->
        [one] 1 Position
       *[other] { $lines } Positionen
    }) wird im Voraus verkauft und nach gelieferten Mengen abgerechnet, ist also nie ein Upselling
advice-invoice-by-ordered = rechnen Sie es im ERP nach bestellten Mengen ab, oder fügen Sie in drawdown.toml ein:
    { "[" }products.{ $product }]
    policy = "ordered"
advice-other-line-than-task = { $entries ->
        [one] 1 Eintrag der Aufgabe „{ $task }“ nennt
       *[other] { $entries } Einträge der Aufgabe „{ $task }“ nennen
    } Position { $line }, und die Aufgabe gehört zu Position { $others }
advice-line-of-order = { $line } von { $order }
advice-correct-entries-or-task = die Einträge zählen auf der Position, die sie nennen; berichtigen Sie sie im ERP, oder die Auftragsposition der Aufgabe

# Why a file or a sheet was not read
passed-lock-file = Sperrdatei
passed-configuration = die Konfiguration
passed-other-configuration = eine Konfiguration, die nicht gilt: nur eine neben den genannten Eingaben gilt, oder die von --config
passed-hidden-file = versteckte Datei
passed-hidden-folder = versteckter Ordner
passed-hidden-sheet = ausgeblendetes Blatt
passed-not-chosen = unter [files] ist ein anderes Blatt gewählt
passed-earlier-output = die Ausgabe eines früheren Laufs
passed-link-outside = ein Link aus dem Ordner hinaus: geben Sie die Datei selbst an, um sie zu lesen
passed-link-to-folder-outside = ein Link aus dem Ordner hinaus: geben Sie den Ordner selbst an, um ihn zu lesen
passed-link-to-folder = ein Link auf einen Ordner in diesem Ordner
passed-link-to-read = ein Link auf eine Datei, die gelesen wird
passed-link-to-nowhere = ein Link, der ins Leere führt
passed-no-file = weder eine Datei noch ein Ordner
passed-unknown-kind = unbekannte Dateiart
passed-no-export = weder Text noch eine Arbeitsmappe; exportieren Sie noch einmal, oder nehmen Sie die Datei weg
passed-empty-sheet = ein leeres Blatt
passed-unknown-role = Spaltenüberschriften keiner bekannten Rolle
passed-nearly = sieht nach { $role } aus, aber es fehlt { $missing }; berichtigen Sie die Überschrift, oder nehmen Sie die Datei weg
passed-nearly-by = sieht nach { $role } aus, aber es fehlt { $missing }; { $meant }
passed-header-meant = ist mit „{ $header }“ vielleicht „{ $known }“ gemeint?

# What a file is that is no export
is-utf-32 = es ist UTF-32-Text; speichern Sie ihn als „CSV UTF-8“
is-pdf = es ist ein PDF-Dokument; exportieren Sie die Daten als .xlsx oder als CSV UTF-8
is-rtf = es ist ein formatiertes Dokument (RTF); exportieren Sie die Daten als .xlsx oder als CSV UTF-8
is-7z = es ist ein 7z-Archiv; entpacken Sie es zuerst
is-rar = es ist ein RAR-Archiv; entpacken Sie es zuerst
is-xz = es ist mit xz komprimiert; entpacken Sie es zuerst
is-bzip2 = es ist mit bzip2 komprimiert; entpacken Sie es zuerst
is-tar = es ist ein tar-Archiv; entpacken Sie es zuerst
is-nested = es ist ein Archiv in einem Archiv; entpacken Sie es zuerst
is-sqlite = es ist eine Datenbank (SQLite); exportieren Sie die Daten als .xlsx oder als CSV UTF-8
is-picture = es ist ein Bild; exportieren Sie die Daten als .xlsx oder als CSV UTF-8
is-parquet = es ist eine Parquet-Datei, die diese Fassung von drawdown nicht liest; eine, die es kann, gibt es mit `cargo install --path . --features parquet`, oder exportieren Sie die Daten als CSV UTF-8
is-encrypted-parquet = es ist eine verschlüsselte Parquet-Datei; schreiben Sie sie ohne Schlüssel
is-old-excel = es ist eine Arbeitsmappe von Excel 4 oder älter; speichern Sie sie als .xlsx
is-web-page = es ist eine Webseite (HTML), was auch immer ihr Name sagt; öffnen Sie sie in einer Tabellenkalkulation und speichern Sie sie als .xlsx oder als CSV UTF-8
is-mhtml = es ist eine Webseite in einer Datei (MHTML), was auch immer ihr Name sagt; öffnen Sie sie in einer Tabellenkalkulation und speichern Sie sie als .xlsx oder als CSV UTF-8
is-xml-spreadsheet = es ist eine XML-Tabelle von Excel 2003, was auch immer ihr Name sagt; öffnen Sie sie und speichern Sie sie als .xlsx
is-xml = es ist ein XML-Dokument; exportieren Sie die Daten als .xlsx oder als CSV UTF-8
is-open-document = es ist eine OpenDocument-Datei, aber keine Tabelle; exportieren Sie die Daten als .xlsx oder als CSV UTF-8
is-protected = es ist durch ein Passwort geschützt; speichern Sie es ohne Passwort
is-word = es ist ein Word-Dokument; exportieren Sie die Daten als .xlsx oder als CSV UTF-8
is-presentation = es ist eine Präsentation; exportieren Sie die Daten als .xlsx oder als CSV UTF-8
is-word-or-presentation = es ist ein Word-Dokument oder eine Präsentation; exportieren Sie die Daten als .xlsx oder als CSV UTF-8
is-office = es ist ein Office-Dokument ohne Arbeitsmappe; exportieren Sie die Daten als .xlsx oder als CSV UTF-8
is-ole = es ist eine OLE-Datei ohne Arbeitsmappe; exportieren Sie die Daten als .xlsx oder als CSV UTF-8
is-numbers = es ist ein Dokument von Apple Numbers; exportieren Sie es als .xlsx oder als CSV UTF-8
is-compressed-by = es ist mit { $method } komprimiert, was nicht unterstützt wird; komprimieren Sie es mit deflate

# The words around them
one-or-other = { $others } oder { $last }
place-cell = { $file }, Blatt „{ $sheet }“, { $cell } (Zeile { $row }, Spalte „{ $column }“)
place-sheet-row = { $file }, Blatt „{ $sheet }“, Zeile { $row }
place-sheet = { $file }, Blatt „{ $sheet }“
place-column = { $rows }, Spalte „{ $column }“
sentence = { $kind }: { $found } in { $place }; erwartet: { $expected }; Abhilfe: { $action }
and-in-row = { $place } (auch in Zeile { $row })
and-in-rows = { $place } (auch in den Zeilen { $rows } und { $last })
and-in-more-rows = { $place } (auch in den Zeilen { $rows } und { $more ->
        [one] einer weiteren
       *[other] { $more } weiteren
    })
row-with-text = { $row } ({ $found })
quoted-text = „{ $text }“
nothing = nichts
kind-headline = { $kind }: { $found }
nothing-in-column = nichts in Spalte „{ $column }“
blank-cell = eine Zelle ist leer
text-in-column = { $found } in Spalte „{ $column }“
rows-in-column = { $rows } Zeilen in Spalte „{ $column }“
rows-found = { $rows } Zeilen
expected-label = erwartet: { $expected }
help-label = Abhilfe
warning-label = Warnung
more-rows = { $rows ->
    [one] und 1 weitere Zeile
   *[other] und { $rows } weitere Zeilen
}
more-exceptions = und { $exceptions ->
    [one] { $exceptions } weitere Ausnahme, in einer anderen Art oder Spalte
   *[other] { $exceptions } weitere Ausnahmen, in { $groups ->
        [one] einer anderen Art oder Spalte
       *[other] { $groups } weiteren Arten oder Spalten
    }
}; { $all } hat sie alle
advice-sentence = Hinweis: { $found }; Abhilfe: { $action }
advice-sentence-at = Hinweis: { $place }: { $found }; Abhilfe: { $action }
more-advice = und { $more } weitere Hinweise; --format json hat sie alle
warning-sentence = Warnung: { $warning }
other-orders = der frühere Lauf in { $folder } und diese Eingaben haben keinen Auftrag gemeinsam; sein Verlauf wurde trotzdem übernommen, und --since none beginnt von vorn
