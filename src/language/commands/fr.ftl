# Ce que disent explain, diff et inspect, en français ; les termes sont ceux des rapports.

# Several things one after another
listed = { $before }, { $next }
and = { $before } et { $next }
clauses = { $before }, { $next }
sentences = { $before } { $next }

# The run that is explained
explain-run = L’exécution expliquée est celle de { $folder } ; ses fichiers sont, octet pour octet, ce qu’ils étaient.
explain-run-edited = Les fichiers lus par l’exécution de { $folder } sont, octet pour octet, ce qu’ils étaient, mais son delivered.csv a été modifié depuis (son empreinte n’est pas celle de run.json). L’explication porte sur ce que donnent les fichiers.
explain-run-edited-figures = Les fichiers lus par l’exécution de { $folder } sont, octet pour octet, ce qu’ils étaient, mais son delivered.csv a été modifié depuis (son empreinte n’est pas celle de run.json). L’explication porte sur ce que donnent les fichiers ; delivered.csv a d’autres chiffres.
explain-run-other-version = Les fichiers lus par l’exécution de { $folder } sont ce qu’ils étaient, mais son delivered.csv a d’autres chiffres : drawdown { $version } l’a écrit, et celui-ci est { $own }.
explain-run-json-edited = Les fichiers lus par l’exécution de { $folder } sont ce qu’ils étaient, de même que son delivered.csv, qui a d’autres chiffres : run.json a été modifié depuis, dans sa date d’arrêté ou sa configuration.
explain-inputs-changed = Des fichiers ont changé depuis l’exécution de { $folder } : { $files }. L’explication porte sur les fichiers actuels.
explain-inputs-changed-figures-same = Des fichiers ont changé depuis l’exécution de { $folder } : { $files }. L’explication porte sur les fichiers actuels ; les quantités livrées ci-dessous sont toujours celles de delivered.csv.
explain-inputs-changed-and-edited = Des fichiers ont changé depuis l’exécution de { $folder } : { $files }. En outre, son delivered.csv a été modifié depuis (son empreinte n’est pas celle de run.json). L’explication porte sur les fichiers actuels.

# What was asked for, and what has the name
explain-title = { $asked }, arrêté au { $day }
explain-found-line = { $kind } { $name } : ligne { $line }
explain-found-lines = { $kind } { $name } : { $count } lignes : { $lines }
explain-found-several = Le nom désigne plusieurs choses ({ $kinds }) ; toutes sont expliquées.
explain-folder = Les lignes citées sont celles des fichiers de { $folder }
found-order = commande
found-line = ligne
found-contract = contrat
found-task = tâche
found-customer = client

# The figures of order lines
explain-share-hours = { $lines }, qui partagent leurs heures
explain-ordered = Commandé
explain-delivered = Livré
explain-in-erp = Dans l’ERP
explain-in-report = Le delivered.csv de l’exécution a { $quantity } pour { $line } : ce n’est pas la quantité expliquée ici.
explain-nothing-in-report = Le delivered.csv de l’exécution n’a rien pour { $line } : ce n’est pas la quantité expliquée ici.
explain-recorded = { $line } : la quantité livrée est celle qui est saisie sur la ligne, { $quantity } { $unit } (règle 3.3) ; ses saisies donnent { $entries }.
explain-not-tracked = { $line } : la quantité livrée est celle qui est saisie sur la ligne, { $quantity } { $unit } : elle n’est pas suivie (règle 3.6).
explain-tracking-unknown = { $line } : rien n’indique comment trouver sa quantité livrée.
explain-not-confirmed = { $line } : l’état de la commande est « { $state } », rien n’est donc livré (règle 6.1).
explain-from-own = { $quantity } de ses propres saisies
explain-from-shared = { $quantity } des saisies d’un nom commun
explain-from-contract = { $quantity } du contrat
explain-made-up = { $line } : { $parts } = { $delivered } { $unit }.
explain-without-entries = { $line } : aucune saisie, { $delivered } { $unit }.
explain-no-quantity = { $line } : aucune quantité livrée ne peut être donnée.
explain-exception = { $line } est une anomalie. { $exception }
explain-reached = Le forfait de { $quota } { $unit } a été atteint le { $day }, et l’est resté depuis (règle 6.9).
explain-reached-by-entry = Le forfait de { $quota } { $unit } a été atteint le { $day }, avec { $place }, et l’est resté depuis (règle 6.9).
explain-reached-by-adjustments = Le forfait de { $quota } { $unit } a été atteint le { $day }, avec les ajustements de { $places }, et l’est resté depuis (règle 6.9).
explain-reached-made-up = À la fin de ce jour, { $entries } par saisies + { $adjusted } ajusté = { $sum } { $unit } étaient consommés.
state-draft = devis
state-sent = devis envoyé
state-cancelled = annulé
state-sale = bon de commande
state-done = verrouillé

# The sums behind them
explain-of-line = Saisies de la ligne { $lines }, par son nom ou sa tâche
explain-of-only-line = Saisies de la ligne { $lines }, par son nom ou sa tâche ou sur le contrat { $contract }
explain-of-lines = Saisies dont le nom ou la tâche convient aussi bien à { $lines }
explain-of-contract = Saisies sur le contrat { $contract }
explain-of-contract-for = Saisies sur le contrat { $contract }, pour { $lines }
explain-drawn-down = { $entries } : imputées dans cet ordre, chaque ligne à hauteur de ce qu’il en reste, le dépassement sur la dernière (règle 3.5)
explain-on-first-line = { $entries } : tout sur la première ligne (règle 3.5)
explain-rounded = arrondi à { $step }
explain-rounded-up = arrondi au supérieur à { $step }
explain-not-rounded = non arrondi
explain-not-converted = { $amount } : non converti
explain-taken = { $amount }, { $rounded } : { $result }
explain-converted = { $amount } { $operation } = { $exact } { $unit }, { $rounded } : { $result }
explain-converted-by-hours = { $amount } { $operation } (1 { $unit } représente { $hours } heures) = { $exact } { $unit }, { $rounded } : { $result }
explain-together = Ensemble : { $total }
explain-share = { $line } reçoit { $quantity } { $unit } (commandé : { $ordered }).

# Adjustments
explain-converted-column = Converti
explain-converted-unit = En
explain-adjusts-line = ligne { $line }
explain-adjusts-contract = contrat { $contract }
explain-adjustments = Ajustements ({ $to }) : { $conversion }
explain-drawn = { $line } : { $delivered } livré + { $adjusted } ajusté = { $drawn } { $unit } consommés sur le forfait ; { $ordered } commandé − { $drawn } consommé = { $remaining } { $unit } restants (règle 6.10).
adjustment-opening = solde d’ouverture
adjustment-goodwill = geste commercial
adjustment-write_off = abandon
adjustment-billed_elsewhere = facturé par ailleurs

# Why the ERP may have another figure
explain-causes = Pourquoi l’ERP peut avoir un autre chiffre (règle 6.8)
explain-causes-note = Une cause est un calcul qui donne le chiffre de l’ERP : il concorde, mais ne prouve rien. delivered.csv nomme la première.
explain-arithmetic = Calcul
explain-no-cause = aucune cause connue de drawdown ne donne { $quantity }
explain-no-sums = aucune saisie
explain-each-sum-up = chaque somme convertie et arrondie au supérieur à { $step }
explain-each-entry = chaque saisie convertie et arrondie à { $step }, puis additionnée
explain-as-they-stand = additionnées telles quelles
explain-all-on-first = tout sur sa première ligne
explain-line-by-line = imputées ligne par ligne
explain-with-excluded = avec les saisies hors des jours pris en compte
explain-with-left-out = avec les saisies non approuvées ou non facturables
explain-with-duplicates = avec les doublons
explain-with-unmatched = avec les saisies non rattachées qui portent sa commande, son contrat ou sa tâche
explain-without-later = sans les saisies ultérieures
explain-until = les saisies jusqu’au { $day } donnent { $sums } : { $quantity } { $unit }
explain-pool-until = les saisies communes jusqu’au { $day } donnent { $sums }, dont { $quantity } { $unit } pour cette ligne
explain-fit = { $sums }, { $how } : { $quantity } { $unit }
explain-pool-fit = { $sums } en commun, { $how }, dont { $quantity } { $unit } pour cette ligne

# Entries
explain-entries = { $entries ->
    [one] { $entries } saisie
   *[other] { $entries } saisies
}
explain-nearly = Saisies qui menaient presque ici, et ne comptent pas
explain-became = Ce qu’elle est devenue
explain-more-entries = et { $more } de plus, sur { $total } ; --entries en montre davantage
explain-rule = Règle { $rule } : { $why }.
explain-fate = { $fate } : { $why }
explain-row = { $file }, { $sheet }, ligne { $row }
explain-place = { $file }, feuille « { $sheet } », ligne { $row }
explain-reading = Règle 5.6 : { $place } a { $written } { $unit }, l’écriture d’un nombre binaire à virgule flottante, lue comme { $read }.
explain-more-readings = Règle 5.6 : et { $more } de plus ; --format csv les donne toutes.
explain-minutes = { $minutes } min
explain-seconds = { $seconds } s

# What became of one entry
outcome-attributed = rattachée
outcome-unmatched = non rattachée
outcome-refused = refusée
outcome-excluded = exclue
outcome-not_counted = non comptée
outcome-duplicate = doublon
outcome-rejected = inexploitable

# Why an entry counts here
explain-by-line = la saisie indique elle-même sa ligne de commande « { $said } »
explain-by-task = sa tâche « { $said } » est celle de la ligne de commande
explain-by-contract = son contrat « { $said } » porte la ligne de commande
explain-by-map = [map] ou son projet indique à quoi correspond « { $said } »

# Why an entry does not count
explain-version = une des versions d’une même saisie, et rien n’indique laquelle est la bonne
explain-changed = une version antérieure d’une saisie modifiée
explain-suspected = une saisie identique sans identifiant figure dans un autre fichier
explain-duplicate = la même saisie figure sur une autre ligne, qui compte
explain-later = postérieure à la date d’arrêté, le { $day }
explain-earlier = antérieure aux jours pris en compte
explain-left-out = non marquée approuvée ou facturable, et seules de telles saisies comptent
explain-mismatch = { $unit } n’est pas de la même catégorie que { $sold }, l’unité dans laquelle { $line } est vendue
explain-order-is = { $order } est à l’état « { $state } »
explain-refused = { $orders }, donc non confirmée
explain-names-nothing = elle n’indique rien
explain-not-mapped = [map] ne dit rien de « { $said } »
explain-mapped-twice = ses étiquettes correspondent à plusieurs choses
explain-unknown-target = ce que [map] lui fait correspondre n’est dans aucun fichier
explain-unknown-line = aucune ligne de commande n’est « { $said } »
explain-ambiguous-line = « { $said } » convient à plusieurs lignes de commande
explain-ambiguous-task = la tâche « { $said } » convient à plusieurs lignes de commande
explain-task-without-line = la tâche « { $said } » n’a pas de ligne de commande, et la saisie n’indique aucun contrat
explain-unknown-task = aucun fichier n’a la tâche « { $said } »
explain-unknown-contract = aucune commande n’a le contrat « { $said } »
explain-contract-not-tracked = aucun produit du contrat « { $said } » n’est suivi par contrat
explain-ambiguous-contract = le contrat « { $said } » porte plusieurs produits, dont les heures ne peuvent être distinguées (règle 3.4)
explain-ambiguous-contract-of = le contrat « { $said } » porte plusieurs produits ({ $products }), dont les heures ne peuvent être distinguées (règle 3.4)
explain-nearest = { $why } ; le plus proche est { $candidate }

# Two runs beside each other
diff-runs = Exécutions
diff-folder = Dossier
diff-old = Ancien
diff-new = Nouveau
diff-upsells-new = Nouvelles ventes additionnelles
diff-upsells-open = Ventes additionnelles encore ouvertes
diff-upsells-changed = Autres changements des ventes additionnelles ouvertes
diff-upsells-resolved = Ventes additionnelles réglées
diff-lines-changed = Lignes de commande modifiées
diff-lines-new = Nouvelles lignes de commande
diff-lines-gone = Lignes de commande disparues
diff-totals-changed = Changements des totaux de contrôle
diff-back-dated = Saisies antidatées sur des jours déjà rapportés
diff-entries-changed = Saisies de jours déjà rapportés dont le jour ou la quantité a changé
diff-moved = Saisies passées à une autre ligne
diff-vanished = Saisies absentes des exports plus récents de leurs jours
diff-settings = Réglages qui diffèrent
diff-counted = { $heading } : { $count }
diff-counted-in-part = { $heading } : { $count }, voici les { $shown } premières
diff-delivered-before = Livré auparavant
diff-excess-before = Dépassement auparavant
diff-how = Comment
diff-also = Aussi
diff-leads-to = Mène à
diff-led-to = Menait à
diff-empty = (vide)
diff-no-line = (aucune ligne)
diff-total-entries = saisies : { $fate }
diff-total-hours = heures : { $fate }
diff-further = Autres saisies qui diffèrent : { $count }
diff-entries-left-out = Les saisies ne sont pas comparées : { $reason }
diff-input-gone = { $file }, d’où vient { $folder }, a disparu
diff-input-changed = { $file }, d’où vient { $folder }, a changé depuis
diff-unshared = Colonnes que seule une des exécutions possède, non comparées : { $columns }
diff-periods = Les exécutions portent sur des périodes différentes ({ $old } et { $new }) ; { $columns } ne sont donc pas comparées
diff-no-period = aucune période
diff-period = du { $from } au { $to }
diff-file-changed = { $file } n’est pas ce que l’exécution a écrit : son empreinte n’est pas celle de run.json. Relancez-la, pour comparer deux exécutions
diff-file-filled-in = { $file } a été modifié depuis que l’exécution l’a écrit. C’est prévu pour ses colonnes à remplir ; les autres sont comparées telles qu’elles sont
diff-same = Les exécutions disent la même chose.
diff-differ = Les exécutions diffèrent ; --format csv donne toutes les lignes.
resolution-locked = verrouillée
resolution-cancelled = annulée
resolution-more_ordered = quantité commandée accrue
resolution-new_line = nouvelle ligne
resolution-new_order = nouvelle commande
resolution-correction = correction
resolution-gone = disparue
resolution-exception = anomalie
resolution-other = autre

# How files are read
inspect-byte-order-mark = { $encoding } avec indicateur d’ordre des octets
inspect-delimiter = { $delimiter } entre les cellules
inspect-header = en-têtes à la ligne { $row }
inspect-role = rôle : { $role }
inspect-field = { $word } ({ $name })
inspect-nested = imbriquée
inspect-left-alone = laissées de côté : { $headers }
inspect-total-rows = lignes de totaux laissées de côté : { $count }
inspect-group-rows = titres de groupes laissés de côté : { $count }
inspect-missing = manque : { $field } ; attendu, au choix : { $headers }
inspect-proposal = « { $header } » veut-il dire « { $known } » ? La colonne est laissée de côté
inspect-unused-pattern = Aucun fichier ne correspond à [files.{ $pattern }] de la configuration.
inspect-passed = { $path } : { $reason }
inspect-passed-over = Laissé de côté
inspect-nothing = Il n’y a rien à lire.
inspect-decimal-comma = virgule décimale
inspect-decimal-point = point décimal, avec séparateurs de milliers
inspect-day-first = jour en premier
inspect-month-first = mois en premier
inspect-number-undecided = indécis : { $why } ; indiquez decimal sous [reading]
inspect-date-undecided = indécis : { $why } ; indiquez dates sous [reading]
delimiter-comma = virgule
delimiter-semicolon = point-virgule
delimiter-tab = tabulation
delimiter-bar = barre verticale
lacking-order_line_id = l’identifiant de la ligne de commande
lacking-order = la commande
lacking-state_of_the_order = l’état de la commande
lacking-product = le produit
lacking-ordered_quantity = la quantité commandée
lacking-unit_of_measure = l’unité de mesure
lacking-date_of_the_entry = la date de la saisie
lacking-quantity = la quantité
lacking-line_or_contract = la ligne ou le contrat
lacking-unit_name = le nom de l’unité

# What columns are read as; in brackets behind it stands the name that drawdown.toml takes
field-line_id = ligne de commande, ID externe
field-line_database_id = ligne de commande, ID de base de données
field-line_label = ligne de commande telle que l’ERP l’affiche
field-sequence = ordre dans la commande
field-display_type = section ou note
field-down_payment = acompte
field-description = description
field-ordered = quantité commandée
field-delivered = quantité livrée
field-delivered_method = calcul de la quantité livrée
field-invoiced = quantité facturée
field-price = prix unitaire
field-discount = remise en pour cent
field-subtotal = sous-total hors taxes
field-tracking = mode de suivi
field-policy = politique de facturation
field-analytic_distribution = distribution analytique
field-line_state = état de la ligne de commande
field-order = commande
field-order_id = commande, ID externe
field-order_database_id = commande, ID de base de données
field-order_date = date de commande
field-order_state = état de la commande
field-locked = commande verrouillée
field-order_invoice_status = état de facturation de la commande
field-customer = client
field-salesperson = vendeur
field-currency = devise
field-contract = contrat (compte analytique)
field-contract_name = contrat, nom
field-contract_code = contrat, code
field-contract_id = contrat, ID externe
field-contract_database_id = contrat, ID de base de données
field-product = produit
field-product_name = produit, nom
field-product_id = produit, ID externe
field-product_database_id = produit, ID de base de données
field-product_code = produit, référence interne
field-product_template_id = modèle de produit, ID externe
field-product_template_database_id = modèle de produit, ID de base de données
field-variant_id = variante de produit, ID externe
field-variant_database_id = variante de produit, ID de base de données
field-product_type = produit, service ou bien
field-invoice_policy = politique de facturation dans l’ERP
field-service_policy = politique de facturation des services dans l’ERP
field-service_type = suivi des services dans l’ERP
field-track_service = suivi des services (Odoo 10)
field-service_tracking = ce que crée une commande (projet, tâche)
field-upsell_threshold = seuil de vente additionnelle
field-hours_per_unit = heures par unité
field-pool = groupe de produits
field-upsell = vente additionnelle ou non
field-task = tâche
field-task_id = tâche, ID externe
field-task_database_id = tâche, ID de base de données
field-project = projet
field-project_id = projet, ID externe
field-project_database_id = projet, ID de base de données
field-unit = unité de mesure
field-unit_id = unité de mesure, ID externe
field-unit_database_id = unité de mesure, ID de base de données
field-category = catégorie d’unités
field-category_id = catégorie d’unités, ID externe
field-category_database_id = catégorie d’unités, ID de base de données
field-unit_type = unité de référence, plus grande ou plus petite
field-factor = facteur
field-factor_inverse = facteur inverse
field-combined_ratio = ratio combiné
field-ratio = rapport
field-relative_unit = unité relative
field-relative_unit_id = unité relative, ID externe
field-relative_factor = facteur relatif
field-rounding = pas d’arrondi
field-active = actif ou non
field-entry_id = saisie, ID externe
field-entry_database_id = saisie, ID de base de données
field-date = date
field-employee = employé
field-user = utilisateur
field-quantity = quantité
field-approved = approuvée ou non
field-billable = facturable ou non
field-billable_type = mode de facturation
field-entry_type = type de saisie
field-client = client dans le suivi du temps
field-activity = activité
field-tags = étiquettes
field-seconds = durée en secondes
field-given_name = prénom
field-family_name = nom de famille
field-written = dernière modification
field-kind = type d’ajustement
field-reason = motif

# How far a run is
stage-find = Recherche des fichiers
stage-sum = Totalisation des feuilles de temps
stage-settle = Calcul des lignes de commande
stage-look = Examen des saisies
stage-write = Écriture des rapports
progress-files = { $files ->
    [one] { $stage }, { $files } fichier
   *[other] { $stage }, { $files } fichiers
}
progress-bytes = { $done } sur { $total }
progress-rows = { $rows } lignes, { $rate } par seconde
progress-left = encore { $left }
