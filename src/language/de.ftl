# Was in den Berichten zu lesen ist, auf Deutsch; die Begriffe sind die von Odoo.

# The summary
title = drawdown: gelieferte Mengen und Upselling
as-of = Stichtag
as-of-day = Stichtag { $day }
from = Von
to = Bis
ignored-before = Nicht berücksichtigt vor
after-as-of = Einträge nach dem Stichtag
unreadable-rows = Nicht lesbare Zeilen der Zeiterfassung, Stunden unbekannt
not-approved-hours = Als nicht genehmigt markierte Stunden, nicht weggelassen
not-billable-hours = Als nicht abrechenbar markierte Stunden, nicht weggelassen
lines-passed-over = Übergangene Abschnitte, Notizen und Anzahlungen
total-rows = Weggelassene Summenzeilen
group-rows = Weggelassene Gruppenüberschriften
run = Lauf
inputs = Eingaben
role = Rolle
rows = Zeilen
control-totals = Kontrollsummen (stimmen genau überein)
adjustments = Anpassungen
lines-by-status = Auftragspositionen nach Status
differences-by-cause = Gelieferte Mengen weichen vom ERP ab, nach Ursache
no-upsell = Upselling: kein Kontingent ist aufgebraucht
all-snoozed = Upselling: alles ist zurückgestellt
overrun-by-currency = Wert der Überschreitung, je Währung
overrun-of-upsells = Upselling
overrun-of-others = Andere Positionen
no-currency = ohne Währung
exceptions-by-kind = Ausnahmen nach Art
first = Erste
reports-are-in = Die Berichte liegen in { $folder }
passed-over = übergangen: { $path }: { $reason }
page = Seite { $page } von { $pages }

# Warnings
not-read = nicht gelesen: { $path }: { $reason }
locks-mean-nothing = { $locked } von { $confirmed } bestätigten Aufträgen sind gesperrt und fehlen deshalb in der Upselling-Liste; wenn Ihr Unternehmen jeden Auftrag sperrt, setzen Sie locked = "ignore"
locks-forgotten = die delivered.csv des früheren Laufs ist nicht mehr, was er schrieb; seit wann Aufträge gesperrt sind, ist deshalb nicht mehr bekannt, und late.csv nennt sie on_locked
no-timesheets = unter den Eingaben ist keine Zeiterfassung, aus der sich gelieferte Mengen ergeben könnten; exportieren Sie sie und geben Sie die Datei an
no-entries = die Zeiterfassung enthält keine Einträge; war der Export gefiltert?
none-attributed = { $read ->
        [one] der einzige Eintrag konnte nicht zugeordnet werden
       *[other] keiner von { $read } Einträgen konnte zugeordnet werden
    }; { $hint }
many-unmatched = { $unmatched } von { $read } Einträgen sind nicht zugeordnet; { $hint }
kinds-of-ids = die Einträge von { $one } und { $other } tragen keine IDs derselben Art: ein Eintrag, der in beiden steht, zählt doppelt, { $rows ->
        [0] aber keine Zeile steht gleich in beiden
        [one] und 1 Zeile ist davon vielleicht betroffen ({ $hours } h), bei gleichem Tag, Mitarbeiter, gleicher Menge, Einheit, Referenz und Beschreibung
       *[other] und { $rows } Zeilen sind davon vielleicht betroffen ({ $hours } h), bei gleichem Tag, Mitarbeiter, gleicher Menge, Einheit, Referenz und Beschreibung
    }; exportieren Sie in beiden die Externe ID der Einträge
undrafted = orders_draft.csv hat keine neue Position für { $orders }: ein vorhandener Auftrag wird über seine Externe ID gefunden; exportieren Sie sie mit den Aufträgen, oder order_id/id mit deren Positionen
unused-patterns = keine Eingabe passt zu [files] in drawdown.toml: { $patterns }; ist das Muster wie der Dateiname geschrieben?
shadowed-patterns = ein früheres Muster unter [files] in drawdown.toml nimmt alle Dateien dieser Muster, jeweils in Klammern: { $patterns }; das erste, das auf eine Datei passt, gilt
unused-products = keine Auftragsposition verkauft, was [products] in drawdown.toml beschreibt: { $products }; ist der Name wie im Export geschrieben?
hint-excluded = die meisten liegen außerhalb der Tage, die zählen; prüfen Sie --as-of
hint-not-counted = die meisten zählen nicht: approved oder billable unter [count] in drawdown.toml ist "only", und sie sind nicht so gekennzeichnet
hint-rejected = die meisten Zeilen waren nicht lesbar; die Ausnahmen sagen, warum
hint-refused = die meisten gehören zu nicht bestätigten Aufträgen; die Ausnahmen nennen sie
hint-no-reference = die meisten nennen weder Auftragsposition noch Aufgabe noch Vertrag; exportieren Sie auch diese Spalten
hint-not-mapped = geben Sie unter [map] in drawdown.toml an, für welche Verträge ihre Projekte stehen
hint-unknown-target = keine Eingabe hat, wofür sie laut [map] in drawdown.toml stehen; ein Lauf führt sie in unmatched.csv auf
hint-unknown-line = die genannten Auftragspositionen stehen in keiner Eingabe; exportieren Sie alle Auftragspositionen
hint-unknown-task = ihre Aufgaben stehen in keiner Eingabe; exportieren Sie die Aufgaben oder die Auftragspositionen der Einträge
hint-unknown-contract = kein Auftrag hat ihren Vertrag; exportieren Sie die Kostenstellen der Aufträge
hint-contract-not-tracked = kein Produkt ihrer Verträge wird je Vertrag erfasst
hint-task-without-line = ihre Aufgaben haben keine Auftragsposition
hint-see-unmatched = ein Lauf gibt die Gründe in unmatched.csv an

# What the workbook says to those who fill it in
choose-title = Entscheidung
choose-note = Was zu tun ist. Der nächste Lauf bringt es in dieser Zeile wieder.
choose-other = Andere Entscheidung
snooze-title = Zurückgestellt bis
snooze-note = Ein Datum. Bis dahin steht das Upselling im Blatt { $sheet }.
snooze-other = Kein Datum
kept-as-written = drawdown behält es so, wie Sie es schreiben, und führt es als Ausnahme auf.

# Sheets of the workbook
sheet-summary = Übersicht
sheet-delivered = Geliefert
sheet-upsell = Upselling
sheet-snoozed = Zurückgestellt
sheet-near = Fast aufgebraucht
sheet-idle = Ungenutzt
sheet-customers = Kunden
sheet-invoicing = Abrechnung
sheet-late = Verspätet
sheet-without_contract = Ohne Vertrag
sheet-given_away = Verschenkt
sheet-exceptions = Ausnahmen
sheet-unmatched = Nicht zugeordnet

# Statuses of order lines
status-not_confirmed = nicht bestätigt
status-cancelled = storniert
status-not_tracked = nicht erfasst
status-exception = Ausnahme
status-locked = gesperrt
status-upsell = Upselling
status-near = fast aufgebraucht
status-ok = in Ordnung

# Why the ERP has another delivered quantity
cause-rounded_up = aufgerundet
cause-rounded_each_entry = je Eintrag gerundet
cause-not_converted = nicht umgerechnet
cause-first_line = alles auf der ersten Position
cause-excluded_counted = Ausgeschlossenes mitgezählt
cause-left_out_counted = nicht Gezähltes mitgezählt
cause-duplicates_counted = Doppeltes mitgezählt
cause-unmatched_counted = nicht Zugeordnetes mitgezählt
cause-entries_missing = Einträge fehlen
cause-unexplained = ungeklärt

# How delivered quantities are found
tracking-contract = Vertrag
tracking-task = Aufgabe
tracking-manual = manuell
tracking-none = keine

# What is invoiced
policy-ordered = bestellte Mengen
policy-delivered = gelieferte Mengen

# Invoice statuses
invoicing-no = nichts abzurechnen
invoicing-to_invoice = abzurechnen
invoicing-upselling = Upselling-Verkaufschance
invoicing-invoiced = komplett abgerechnet

# Why an entry is where it is
reason-no_reference = keine Angabe
reason-not_mapped = ohne Zuordnung in [map]
reason-ambiguous_map = mehrdeutige Zuordnung in [map]
reason-unknown_target = unbekanntes Ziel
reason-unknown_line = unbekannte Auftragsposition
reason-ambiguous_line = mehrdeutige Auftragsposition
reason-ambiguous_task = mehrdeutige Aufgabe
reason-task_without_line = Aufgabe ohne Auftragsposition
reason-unknown_task = unbekannte Aufgabe
reason-unknown_contract = unbekannter Vertrag
reason-contract_not_tracked = Vertrag nicht erfasst
reason-ambiguous_contract = mehrdeutiger Vertrag
reason-order_not_confirmed = Auftrag nicht bestätigt
reason-after_renewal = nach der Verlängerung
reason-after_lock = nach der Sperre
reason-on_locked = auf gesperrtem Auftrag

# What is odd about invoices
finding-worked_before_invoiced = vor der Abrechnung gearbeitet
finding-not_invoiced = nicht abgerechnet
finding-invoiced_too_much = zu viel abgerechnet
finding-status_differs = Status weicht ab

# Decisions about upsells
decision-new_line = neue Position
decision-new_order = neuer Auftrag
decision-lock = sperren
decision-no = nein
decision-wait = warten

# Whether something holds
answer-yes = ja

# Where given-away work was found
source-entries = Einträge
source-adjustments = Anpassungen

# Roles of inputs
role-order_lines = Auftragspositionen
role-orders = Aufträge
role-products = Produkte
role-tasks = Aufgaben
role-projects = Projekte
role-units = Maßeinheiten
role-unit_categories = Maßeinheitskategorien
role-timesheets = Zeiterfassung
role-adjustments = Anpassungen

# Fates of rows
fate-read = gelesen
fate-attributed = zugeordnet
fate-unmatched = nicht zugeordnet
fate-refused = abgelehnt
fate-excluded = ausgeschlossen
fate-duplicates = doppelt
fate-rejected = unbrauchbar
fate-not_counted = nicht gezählt
fate-counted = gezählt

# Kinds of exceptions
exception-missing_value = Wert fehlt
exception-not_a_number = keine Zahl
exception-not_a_date = kein Datum
exception-ambiguous_number = mehrdeutige Zahl
exception-ambiguous_date = mehrdeutiges Datum
exception-unknown_value = unbekannter Wert
exception-ragged_row = Zeile zu lang
exception-unknown_unit = unbekannte Maßeinheit
exception-category_mismatch = andere Maßeinheitskategorie
exception-unknown_order_line = unbekannte Auftragsposition
exception-unknown_contract = unbekannter Vertrag
exception-unknown_tracking = Erfassung unbekannt
exception-unknown_policy = Abrechnungspolitik unbekannt
exception-ambiguous_contract = mehrdeutiger Vertrag
exception-order_not_confirmed = Auftrag nicht bestätigt
exception-entry_changed = Eintrag geändert
exception-entry_conflict = widersprüchliche Einträge
exception-suspected_duplicate = vermutlich doppelt

# Units of measure, and their categories, that no file names
unit-Hours = Stunden
unit-Days = Tage
unit-Weeks = Wochen
unit-Minutes = Minuten
unit-Units = Einheiten
category-Working_Time = Arbeitszeit
category-Unit = Einheit

# Headings of columns
column-order = Auftrag
column-line = Position
column-customer = Kunde
column-product = Produkt
column-contract = Vertrag
column-task = Aufgabe
column-tracking = Erfassung
column-policy = Abrechnungspolitik
column-ordered = Bestellte Menge
column-unit = Einheit
column-delivered = Gelieferte Menge
column-exported = Gelieferte Menge im ERP
column-difference = Abweichung
column-remaining = Verbleibend
column-used = Verbraucht
column-hours = Stunden
column-entries = Einträge
column-first_date = Erster Eintrag
column-last_date = Letzter Eintrag
column-consumed_value = Verbrauchter Wert
column-overrun_value = Wert der Überschreitung
column-currency = Währung
column-status = Status
column-invoice_status = Rechnungsstatus
column-cause = Ursache
column-adjusted = Angepasst
column-proposed = Vorgeschlagen
column-period_hours = Stunden im Zeitraum
column-hours_before = Stunden davor
column-invoiced = Abgerechnete Menge
column-to_invoice = Abzurechnende Menge
column-to_invoice_value = Abzurechnender Wert
column-order_invoice_status = Rechnungsstatus des Auftrags
column-last_open = Zuletzt offen gesehen
column-first_locked = Gesperrt spätestens am
column-lines = Positionen
column-salesperson = Vertriebsmitarbeiter
column-excess = Mehrmenge
column-reached_on = Erreicht am
column-days_since = Tage seither
column-customer_remaining = Übrige Stunden des Kunden
column-covered_by = Gedeckt durch
column-first_seen = Erstmals gesehen
column-runs_open = Läufe offen
column-change = Veränderung
column-owner = Zuständig
column-decision = Entscheidung
column-comment = Kommentar
column-snooze_until = Zurückgestellt bis
column-snoozed = Zurückgestellt
column-file = Datei
column-sheet = Blatt
column-row = Zeile
column-column = Spalte
column-kind = Art
column-rule = Regel
column-found = Gefunden
column-expected = Erwartet
column-action = Was zu tun ist
column-entry = Eintrag
column-date = Datum
column-employee = Mitarbeiter
column-quantity = Menge
column-reason = Grund
column-candidate = Nächster Kandidat
column-description = Beschreibung
column-client = Kunde
column-project = Projekt
column-activity = Tätigkeit
column-tags = Stichwörter
column-category = Kategorie
column-sold = Verkauft, im Voraus bezahlt
column-overrun = Überschreitung
column-by_delivery = Nach Lieferung abgerechnet
column-remaining_value = Verbleibender Wert
column-without_price = Positionen ohne Preis
column-exceptions = Positionen mit Ausnahme
column-exceptions_ordered = Darauf bestellt
column-month = Monat
column-source = Quelle
column-value = Wert
column-orders = Aufträge
column-order_date = Auftragsdatum
column-weeks_idle = Wochen ungenutzt
column-finding = Befund
column-exported_status = Rechnungsstatus im ERP
column-renewed_by = Verlängert durch
column-renewed_on = Verlängert am
column-late-remaining = Rest auf dem Auftrag
column-remaining_unit = Einheit des Rests
column-used_per_week = Verbrauch pro Woche
column-runs_out_on = Aufgebraucht am
column-days_left = Verbleibende Tage
column-begun_on = Begonnen am
column-used_per_week_since = Verbrauch pro Woche seitdem
column-runs_out_since = Danach aufgebraucht am
column-price = Preis
column-worth = Geschätzter Wert
column-priced_by = Preis aus Auftrag
column-priced_by_line = Preis aus Position

# Counted
more-not-read = { $more ->
    [one] nicht gelesen: und 1 weitere, unten aufgeführt
   *[other] nicht gelesen: und { $more } weitere, unten aufgeführt
}
unsold-products = { $products ->
    [one] nichts sagt, wie { $products } Produkt abgerechnet oder erfasst wird; fügen Sie die TOML-Zeilen ein, die die Ausnahmen für jedes angeben
   *[other] nichts sagt, wie { $products } Produkte abgerechnet oder erfasst werden; fügen Sie die TOML-Zeilen ein, die die Ausnahmen für jedes angeben
}
unsold-products-without-file = { $products ->
    [one] nichts sagt, wie { $products } Produkt abgerechnet oder erfasst wird; exportieren Sie auch die Produkte, oder fügen Sie die TOML-Zeilen ein, die die Ausnahmen für jedes angeben
   *[other] nichts sagt, wie { $products } Produkte abgerechnet oder erfasst werden; exportieren Sie auch die Produkte, oder fügen Sie die TOML-Zeilen ein, die die Ausnahmen für jedes angeben
}
upsells = { $quotas ->
    [one] Upselling: { $quotas } Kontingent hat seine Schwelle erreicht
   *[other] Upselling: { $quotas } Kontingente haben ihre Schwelle erreicht
}
upsells-in-part = Upselling: { $quotas } Kontingente haben ihre Schwelle erreicht, hier die ersten { $shown }
set-aside = Zurückgestellt: { $quotas }
set-aside-in-part = Zurückgestellt: { $quotas }, hier die ersten { $shown }

# What a check ends with
rows-cannot-be-used = Es gibt unbrauchbare Zeilen.
every-read-row-can-be-used = Jede gelesene Zeile ist brauchbar.
every-row-can-be-used = Jede Zeile ist brauchbar.
rows-are-exceptions = { $rows ->
    [one] Es gibt { $rows } Ausnahme.
   *[other] Es gibt { $rows } Ausnahmen.
}

# A run on one screen
prepaid-hours = Im Voraus bezahlte Stunden, Stichtag { $day }
totals-agree = Die Kontrollsummen stimmen überein: { $entries ->
    [one] { $entries } Eintrag
   *[other] { $entries } Einträge
} gelesen, { $hours } Stunden.
more-warnings = und { $more } weitere; siehe run.json
full-report = Vollständiger Bericht: { $place }
beside-this-file = { $name }, neben dieser Datei
upsells-in-all = Upselling: { $upsells }
upsells-of-currencies = Upselling: { $upsells }, in { $currencies } Währungen, hier die ersten { $shown }
in-all = Insgesamt
new = Neu
used-up = Aufgebraucht
used-up-in-part = Aufgebraucht, die ersten { $shown } von { $all }
nearly-used-up = Fast aufgebraucht
nearly-used-up-in-part = Fast aufgebraucht, die ersten { $shown } von { $all }
to-look-at = Zu prüfen
unmatched-entries = Nicht zugeordnete Einträge
refused-entries = Abgelehnte Einträge
rejected-entries = Unbrauchbare Einträge
left = Rest

# Charts, entries and runs in the workbook
total = Summe
weekly-hours = Stunden pro Woche
hours-per-week = Stunden pro Woche, nach Status, in den letzten { $weeks } Wochen
largest-overruns = Größte Überschreitungen, { $currency }
entries-in-part = Höchstens die letzten { $most } Einträge je Upselling, von { $shown } der { $all }; explain zeigt alle.
rows-in-part = … die ersten { $shown } von { $all } Zeilen; alle stehen in { $file }.
sheet-entries = Einträge
sheet-weeks = Wochen
sheet-runs = Läufe
column-as_of = Stichtag
column-unmatched = Nicht zugeordnet
column-runs-exceptions = Ausnahmen
column-upsells = Upselling
# The page
page-title = Gelieferte Mengen und Upselling
page-skip = Zu den Listen
page-dark = Dunkel
page-print = Drucken
page-overview = Kennzahlen
page-read-first = Zuerst lesen
page-fate = Was daraus wurde
page-agree = Sie stimmen genau überein
page-search-label = Listen durchsuchen und filtern
page-search = Aufträge, Kunden, Produkte suchen …
page-any-customer = Alle Kunden
page-any-salesperson = Alle Vertriebsmitarbeiter
page-any-status = Alle Status
page-clear = Zurücksetzen
page-lists = Listen
page-no-script = Die ersten Zeilen jeder Liste stehen unten. Wo Skripte laufen dürfen, lassen sich die Listen durchsuchen, sortieren und durchblättern; die CSV-Dateien haben jede Zeile.
page-order-by = Sortieren nach
page-previous = Zurück
page-next = Weiter
page-about = Von drawdown allein aus exportierten Dateien erstellt. Jede Zahl ist exakt; → zeigt, wo eine Summe einmal auf den Schritt ihrer Einheit gerundet wird. Diese Seite enthält alles, was sie zeigt, und ruft nichts aus dem Netz ab.
page-to-talk-about = Zu besprechen
page-past-warning = Über der Warnschwelle
page-runs-out-soon = Bald aufgebraucht
page-course = Verlauf
page-quota = Kontingent aufgebraucht
page-by-hand = von Hand auf der Position erfasst (Regel 3.3)
page-nothing-past = nichts über das Kontingent hinaus
page-adjusted = { $quantity } angepasst
page-labelled = { $label }: { $text }
page-nothing-fits = Nichts passt zu Suche und Auswahl.
page-shown = { $from }–{ $to } von { $all }
page-found = { $found } von { $all } Zeilen passen
page-empty = Hier steht nichts.
page-first-of = Die ersten { $shown } von { $all }; { $name }.csv hat alle.
page-pages-of = Seiten von { $list }
page-over = { $amount } darüber
page-left = { $amount } übrig
page-ordered = { $amount } bestellt
page-reached = aufgebraucht am { $day }
page-days-ago = { $day }, { $days ->
    [0] am Tag dieses Berichts
    [one] vor 1 Tag
   *[other] vor { $days } Tagen
}
page-rate-of-weeks = { $rate } pro Woche, das Mittel der letzten Wochen
page-rate-since = { $rate } pro Woche seit dem Beginn am { $day }; { $mean } im Mittel der letzten Wochen
page-further = { $parts } weitere
page-of-entries = { $what } ({ $entries ->
    [one] { $entries } Eintrag
   *[other] { $entries } Einträge
})
page-of-which-snoozed = davon { $snoozed } zurückgestellt
page-chart-title = Was von { $order }, { $customer } übrig war
page-chart-description = { $ordered } bestellt, abgerufen ab { $first }; { $end } am { $last }.
page-chart-description-reached = { $ordered } bestellt, abgerufen ab { $first }; aufgebraucht am { $reached }; { $end } am { $last }.
page-of-upsell = Aufgebrauchte Kontingente: Kunden, mit denen zu sprechen ist, nach Währung und größter Überschreitung. Eine Zahl lässt sich zu ihrer Berechnung öffnen.
page-of-snoozed = Upsellings, die jemand bis zu einem späteren Tag zurückgestellt hat.
page-of-near = Kontingente über der Warnschwelle und solche, die im Tempo der letzten Wochen, oder seit ein junger Vertrag begann, bald aufgebraucht sind.
page-of-idle = Im Voraus verkaufte Verträge mit Rest, an denen seit einiger Zeit niemand gearbeitet hat.
page-of-unmatched = Einträge der Zeiterfassung, die zu keiner Auftragsposition führen, mit dem nächstliegenden Kandidaten.
page-of-exceptions = Unbrauchbare Zeilen: was gefunden, was erwartet wurde, was zu tun ist.
page-of-delivered = Jede Auftragsposition mit ihren Zahlen.
