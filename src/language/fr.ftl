# Ce qui se lit dans les rapports, en français ; les termes sont ceux d’Odoo.

# The summary
title = drawdown : quantités livrées et ventes additionnelles
as-of = Arrêté au
as-of-day = Arrêté au { $day }
from = Du
to = Au
ignored-before = Ignoré avant le
after-as-of = Saisies postérieures à la date d’arrêté
unreadable-rows = Lignes de feuilles de temps illisibles, heures inconnues
not-approved-hours = Heures marquées non approuvées, non écartées
not-billable-hours = Heures marquées non facturables, non écartées
lines-passed-over = Sections, notes et acomptes laissés de côté
total-rows = Lignes de totaux laissées de côté
group-rows = Titres de groupes laissés de côté
run = Exécution
inputs = Fichiers lus
role = Rôle
rows = Lignes
control-totals = Totaux de contrôle (concordent exactement)
adjustments = Ajustements
lines-by-status = Lignes de commande par statut
differences-by-cause = Quantités livrées différentes de l’ERP, par cause
no-upsell = Vente additionnelle : aucun forfait n’est épuisé
all-snoozed = Vente additionnelle : tout est mis en attente
overrun-by-currency = Valeur du dépassement, par devise
overrun-of-upsells = Ventes additionnelles
overrun-of-others = Autres lignes
no-currency = sans devise
exceptions-by-kind = Anomalies par type
first = Première
reports-are-in = Les rapports sont dans { $folder }
passed-over = laissé de côté : { $path } : { $reason }
page = Page { $page } sur { $pages }

# Warnings
not-read = non lu : { $path } : { $reason }
locks-mean-nothing = { $locked } des { $confirmed } commandes confirmées sont verrouillées, la liste des ventes additionnelles les laisse donc de côté ; si votre société verrouille toutes ses commandes, indiquez locked = "ignore"
locks-forgotten = le delivered.csv de l’exécution précédente n’est plus celui qu’elle a écrit : on ne sait plus depuis quand les commandes sont verrouillées ; late.csv les marque on_locked
no-timesheets = aucune feuille de temps parmi les fichiers lus, si bien qu’aucune quantité livrée n’a pu en être tirée ; exportez-les et indiquez le fichier
no-entries = les feuilles de temps ne contiennent aucune saisie ; l’export était-il filtré ?
none-attributed = { $read ->
        [one] la seule saisie n’a pas pu être rattachée
       *[other] aucune des { $read } saisies n’a pu être rattachée
    } ; { $hint }
many-unmatched = { $unmatched } des { $read } saisies ne sont pas rattachées ; { $hint }
kinds-of-ids = les saisies de { $one } et de { $other } ne portent pas d’identifiants de même nature : une saisie présente dans les deux compte deux fois, { $rows ->
        [0] mais aucune ligne ne semble être la même dans les deux
        [one] et 1 ligne est peut-être dans ce cas ({ $hours } h), avec les mêmes jour, employé, quantité, unité, références et description
       *[other] et { $rows } lignes sont peut-être dans ce cas ({ $hours } h), avec les mêmes jour, employé, quantité, unité, références et description
    } ; exportez l’ID externe des saisies dans les deux fichiers
undrafted = orders_draft.csv n’a pas de nouvelle ligne pour { $orders } : une commande existante se retrouve par son ID externe ; exportez-le avec les commandes, ou order_id/id avec leurs lignes
unused-patterns = aucun fichier lu ne correspond à [files] dans drawdown.toml : { $patterns } ; le motif est-il écrit comme le nom du fichier ?
shadowed-patterns = un motif antérieur de [files] dans drawdown.toml prend tous les fichiers de ceux-ci, chacun avec ce motif : { $patterns } ; le premier qui convient à un fichier compte
unused-products = aucune ligne de commande ne vend ce que [products] décrit dans drawdown.toml : { $products } ; le nom est-il écrit comme dans l’export ?
hint-excluded = la plupart sont hors des jours pris en compte ; vérifiez --as-of
hint-not-counted = la plupart ne comptent pas : approved ou billable sous [count] dans drawdown.toml vaut "only", et elles ne sont pas marquées ainsi
hint-rejected = la plupart des lignes n’ont pas pu être lues ; les anomalies disent pourquoi
hint-refused = la plupart relèvent de commandes non confirmées ; les anomalies les citent
hint-no-reference = la plupart n’indiquent ni ligne de commande, ni tâche, ni contrat ; exportez aussi ces colonnes
hint-not-mapped = indiquez sous [map] dans drawdown.toml à quels contrats correspondent leurs projets
hint-unknown-target = aucun fichier ne contient ce que [map] dans drawdown.toml leur fait correspondre ; une exécution les donne dans unmatched.csv
hint-unknown-line = les lignes de commande qu’elles indiquent ne sont dans aucun fichier ; exportez toutes les lignes de commande
hint-unknown-task = leurs tâches ne sont dans aucun fichier ; exportez les tâches, ou les lignes de commande des saisies
hint-unknown-contract = aucune commande n’a leur contrat ; exportez les comptes analytiques des commandes
hint-contract-not-tracked = aucun produit de leurs contrats n’est suivi par contrat
hint-task-without-line = leurs tâches n’ont pas de ligne de commande
hint-see-unmatched = une exécution donne le motif de chacune dans unmatched.csv

# What the workbook says to those who fill it in
choose-title = Décision
choose-note = Ce qu’il faut faire. La prochaine exécution le reprendra sur cette ligne.
choose-other = Autre décision
snooze-title = En attente jusqu’au
snooze-note = Une date. Jusque-là, la vente additionnelle figure dans la feuille { $sheet }.
snooze-other = Pas une date
kept-as-written = drawdown le garde tel que vous l’écrivez et le signale comme anomalie.

# Sheets of the workbook
sheet-summary = Synthèse
sheet-delivered = Livré
sheet-upsell = Vente additionnelle
sheet-snoozed = En attente
sheet-near = Bientôt épuisé
sheet-idle = Inactif
sheet-customers = Clients
sheet-invoicing = Facturation
sheet-late = Saisies tardives
sheet-without_contract = Sans contrat
sheet-given_away = Offert
sheet-exceptions = Anomalies
sheet-unmatched = Non rattaché

# Statuses of order lines
status-not_confirmed = non confirmée
status-cancelled = annulée
status-not_tracked = non suivie
status-exception = anomalie
status-locked = verrouillée
status-upsell = vente additionnelle
status-near = bientôt épuisée
status-ok = en règle

# Why the ERP has another delivered quantity
cause-rounded_up = arrondi au supérieur
cause-rounded_each_entry = chaque saisie arrondie
cause-not_converted = unités non converties
cause-first_line = tout sur la première ligne
cause-excluded_counted = saisies exclues comptées
cause-left_out_counted = saisies non comptées ajoutées
cause-duplicates_counted = doublons comptés
cause-unmatched_counted = saisies non rattachées comptées
cause-entries_missing = saisies manquantes
cause-unexplained = inexpliqué

# How delivered quantities are found
tracking-contract = contrat
tracking-task = tâche
tracking-manual = manuel
tracking-none = aucun

# What is invoiced
policy-ordered = quantités commandées
policy-delivered = quantités livrées

# Invoice statuses
invoicing-no = rien à facturer
invoicing-to_invoice = à facturer
invoicing-upselling = opportunité de vente additionnelle
invoicing-invoiced = entièrement facturé

# Why an entry is where it is
reason-no_reference = aucune référence
reason-not_mapped = sans correspondance
reason-ambiguous_map = correspondance ambiguë
reason-unknown_target = cible inconnue
reason-unknown_line = ligne de commande inconnue
reason-ambiguous_line = ligne de commande ambiguë
reason-ambiguous_task = tâche ambiguë
reason-task_without_line = tâche sans ligne de commande
reason-unknown_task = tâche inconnue
reason-unknown_contract = contrat inconnu
reason-contract_not_tracked = contrat non suivi
reason-ambiguous_contract = contrat ambigu
reason-order_not_confirmed = commande non confirmée
reason-after_renewal = après le renouvellement
reason-after_lock = après le verrouillage
reason-on_locked = sur une commande verrouillée

# What is odd about invoices
finding-worked_before_invoiced = travaillé avant facturation
finding-not_invoiced = non facturé
finding-invoiced_too_much = trop facturé
finding-status_differs = statut différent

# Decisions about upsells
decision-new_line = nouvelle ligne
decision-new_order = nouvelle commande
decision-lock = verrouiller
decision-no = non
decision-wait = attendre

# Whether something holds
answer-yes = oui

# Where given-away work was found
source-entries = saisies
source-adjustments = ajustements

# Roles of inputs
role-order_lines = lignes de commande
role-orders = commandes
role-products = produits
role-tasks = tâches
role-projects = projets
role-units = unités de mesure
role-unit_categories = catégories d’unités de mesure
role-timesheets = feuilles de temps
role-adjustments = ajustements

# Fates of rows
fate-read = lues
fate-attributed = rattachées
fate-unmatched = non rattachées
fate-refused = refusées
fate-excluded = exclues
fate-duplicates = doublons
fate-rejected = inexploitables
fate-not_counted = non comptées
fate-counted = comptées

# Kinds of exceptions
exception-missing_value = valeur manquante
exception-not_a_number = pas un nombre
exception-not_a_date = pas une date
exception-ambiguous_number = nombre ambigu
exception-ambiguous_date = date ambiguë
exception-unknown_value = valeur inconnue
exception-ragged_row = ligne trop longue
exception-unknown_unit = unité de mesure inconnue
exception-category_mismatch = catégorie d’unité différente
exception-unknown_order_line = ligne de commande inconnue
exception-unknown_contract = contrat inconnu
exception-unknown_tracking = suivi inconnu
exception-unknown_policy = politique de facturation inconnue
exception-ambiguous_contract = contrat ambigu
exception-order_not_confirmed = commande non confirmée
exception-entry_changed = saisie modifiée
exception-entry_conflict = saisies contradictoires
exception-suspected_duplicate = doublon présumé

# Units of measure, and their categories, that no file names
unit-Hours = Heures
unit-Days = Jours
unit-Weeks = Semaines
unit-Minutes = Minutes
unit-Units = Unités
category-Working_Time = Temps de travail
category-Unit = Unité

# Headings of columns
column-order = Commande
column-line = Ligne
column-customer = Client
column-product = Produit
column-contract = Contrat
column-task = Tâche
column-tracking = Suivi
column-policy = Politique de facturation
column-ordered = Quantité commandée
column-unit = Unité
column-delivered = Quantité livrée
column-exported = Quantité livrée dans l’ERP
column-difference = Écart
column-remaining = Restant
column-used = Consommé
column-hours = Heures
column-entries = Saisies
column-first_date = Première saisie
column-last_date = Dernière saisie
column-consumed_value = Valeur consommée
column-overrun_value = Valeur du dépassement
column-currency = Devise
column-status = Statut
column-invoice_status = Statut de facturation
column-cause = Cause
column-adjusted = Ajusté
column-proposed = Proposé
column-period_hours = Heures de la période
column-hours_before = Heures antérieures
column-invoiced = Quantité facturée
column-to_invoice = Quantité à facturer
column-to_invoice_value = Valeur à facturer
column-order_invoice_status = Statut de facturation de la commande
column-last_open = Dernière fois vue ouverte le
column-first_locked = Verrouillée au plus tard le
column-lines = Lignes
column-salesperson = Vendeur
column-excess = Dépassement
column-reached_on = Atteint le
column-days_since = Jours écoulés
column-customer_remaining = Autres heures du client
column-covered_by = Couvert par
column-first_seen = Vu pour la première fois
column-runs_open = Exécutions depuis l’ouverture
column-change = Variation
column-owner = Responsable
column-decision = Décision
column-comment = Commentaire
column-snooze_until = En attente jusqu’au
column-snoozed = En attente
column-file = Fichier
column-sheet = Feuille
column-row = N° de ligne
column-column = Colonne
column-kind = Type
column-rule = Règle
column-found = Trouvé
column-expected = Attendu
column-action = Que faire
column-entry = Saisie
column-date = Date
column-employee = Employé
column-quantity = Quantité
column-reason = Motif
column-candidate = Candidat le plus proche
column-description = Description
column-client = Client
column-project = Projet
column-activity = Activité
column-tags = Étiquettes
column-category = Catégorie
column-sold = Vendu, prépayé
column-overrun = Dépassement
column-by_delivery = Facturé à la livraison
column-remaining_value = Valeur restante
column-without_price = Lignes sans prix
column-exceptions = Lignes en anomalie
column-exceptions_ordered = Commandé sur celles-ci
column-month = Mois
column-source = Source
column-value = Valeur
column-orders = Commandes
column-order_date = Date de la commande
column-weeks_idle = Semaines d’inactivité
column-finding = Constat
column-exported_status = Statut de facturation dans l’ERP
column-renewed_by = Renouvelé par
column-renewed_on = Renouvelé le
column-late-remaining = Reste sur la commande
column-remaining_unit = Unité du reste
column-used_per_week = Consommé par semaine
column-runs_out_on = Épuisé le
column-days_left = Jours restants
column-begun_on = Commencé le
column-used_per_week_since = Consommé par semaine depuis
column-runs_out_since = Épuisé à ce rythme le
column-price = Prix
column-worth = Montant estimé
column-priced_by = Prix de la commande
column-priced_by_line = Prix de la ligne

# Counted
more-not-read = { $more ->
    [one] non lu : et 1 autre, ci-dessous
   *[other] non lus : et { $more } autres, ci-dessous
}
unsold-products = { $products ->
    [one] rien n’indique comment { $products } produit est facturé ou suivi ; collez les lignes de TOML que les anomalies donnent pour chacun
   *[other] rien n’indique comment { $products } produits sont facturés ou suivis ; collez les lignes de TOML que les anomalies donnent pour chacun
}
unsold-products-without-file = { $products ->
    [one] rien n’indique comment { $products } produit est facturé ou suivi ; exportez aussi les produits, ou collez les lignes de TOML que les anomalies donnent pour chacun
   *[other] rien n’indique comment { $products } produits sont facturés ou suivis ; exportez aussi les produits, ou collez les lignes de TOML que les anomalies donnent pour chacun
}
upsells = { $quotas ->
    [one] Vente additionnelle : { $quotas } forfait a atteint son seuil
   *[other] Vente additionnelle : { $quotas } forfaits ont atteint leur seuil
}
upsells-in-part = Vente additionnelle : { $quotas } forfaits ont atteint leur seuil, voici les { $shown } premiers
set-aside = En attente : { $quotas }
set-aside-in-part = En attente : { $quotas }, voici les { $shown } premiers

# What a check ends with
rows-cannot-be-used = Certaines lignes sont inexploitables.
every-read-row-can-be-used = Toutes les lignes lues sont exploitables.
every-row-can-be-used = Toutes les lignes sont exploitables.
rows-are-exceptions = { $rows ->
    [one] Il y a { $rows } anomalie.
   *[other] Il y a { $rows } anomalies.
}

# A run on one screen
prepaid-hours = Heures prépayées, arrêtées au { $day }
totals-agree = Les totaux de contrôle concordent : { $entries ->
    [one] { $entries } saisie lue
   *[other] { $entries } saisies lues
}, { $hours } heures.
more-warnings = et { $more } de plus ; voir run.json
full-report = Rapport complet : { $place }
beside-this-file = { $name }, à côté de ce fichier
upsells-in-all = Ventes additionnelles : { $upsells }
upsells-of-currencies = Ventes additionnelles : { $upsells }, en { $currencies } devises, voici les { $shown } premières
in-all = En tout
new = Nouveau
used-up = Épuisé
used-up-in-part = Épuisé, les { $shown } premiers sur { $all }
nearly-used-up = Bientôt épuisé
nearly-used-up-in-part = Bientôt épuisé, les { $shown } premiers sur { $all }
to-look-at = À vérifier
unmatched-entries = Saisies non rattachées
refused-entries = Saisies refusées
rejected-entries = Saisies inexploitables
left = Reste

# Charts, entries and runs in the workbook
total = Total
weekly-hours = Heures par semaine
hours-per-week = Heures par semaine, par statut, sur les { $weeks } dernières semaines
largest-overruns = Plus grands dépassements, { $currency }
entries-in-part = Au plus les { $most } dernières saisies d’une vente additionnelle, pour { $shown } sur { $all } ; explain les donne toutes.
rows-in-part = … les { $shown } premières lignes sur { $all } ; toutes sont dans { $file }.
sheet-entries = Saisies
sheet-weeks = Semaines
sheet-runs = Exécutions
column-as_of = Arrêté au
column-unmatched = Non rattachées
column-runs-exceptions = Anomalies
column-upsells = Ventes additionnelles
# The page
page-title = Quantités livrées et ventes additionnelles
page-skip = Aller aux listes
page-dark = Sombre
page-print = Imprimer
page-overview = Chiffres clés
page-read-first = À lire d’abord
page-fate = Ce qu’elles sont devenues
page-agree = Ils concordent exactement
page-search-label = Rechercher et filtrer dans les listes
page-search = Rechercher commandes, clients, produits …
page-any-customer = Tous les clients
page-any-salesperson = Tous les vendeurs
page-any-status = Tous les statuts
page-clear = Effacer
page-lists = Listes
page-no-script = Les premières lignes de chaque liste sont ci-dessous. Là où les scripts sont permis, les listes se recherchent, se trient et se feuillettent ; les fichiers CSV ont toutes les lignes.
page-order-by = Trier par
page-previous = Précédent
page-next = Suivant
page-about = Établi par drawdown à partir des seuls fichiers exportés. Chaque chiffre est exact ; → marque où une somme est arrondie, une fois, au pas de son unité. Cette page contient tout ce qu’elle montre et ne demande rien au réseau.
page-to-talk-about = À contacter
page-past-warning = Au-delà du seuil d’alerte
page-runs-out-soon = Bientôt épuisés
page-course = Évolution
page-quota = forfait épuisé
page-by-hand = saisie manuellement sur la ligne (règle 3.3)
page-nothing-past = rien au-delà du forfait
page-adjusted = { $quantity } ajusté
page-labelled = { $label } : { $text }
page-nothing-fits = Rien ne correspond à la recherche et aux choix.
page-shown = { $from }–{ $to } sur { $all }
page-found = { $found } lignes sur { $all } correspondent
page-empty = Il n’y a rien ici.
page-first-of = Les { $shown } premières sur { $all } ; { $name }.csv les a toutes.
page-pages-of = Pages de { $list }
page-over = { $amount } de trop
page-left = reste { $amount }
page-ordered = { $amount } commandé
page-reached = épuisé le { $day }
page-days-ago = { $day }, { $days ->
    [0] le jour de ce rapport
    [one] il y a { $days } jour
   *[other] il y a { $days } jours
}
page-rate-of-weeks = { $rate } par semaine, moyenne des dernières semaines
page-rate-since = { $rate } par semaine depuis le début, le { $day } ; { $mean } en moyenne sur les dernières semaines
page-further = { $parts } de plus
page-of-entries = { $what } ({ $entries ->
    [one] { $entries } saisie
   *[other] { $entries } saisies
})
page-of-which-snoozed = dont { $snoozed } en attente
page-chart-title = Ce qui restait de { $order }, { $customer }
page-chart-description = { $ordered } commandés, consommés à partir du { $first } ; { $end } au { $last }.
page-chart-description-reached = { $ordered } commandés, consommés à partir du { $first } ; épuisé le { $reached } ; { $end } au { $last }.
page-of-upsell = Forfaits épuisés : les clients à contacter, par devise et plus grand dépassement. Ouvrez un chiffre pour son calcul.
page-of-snoozed = Ventes additionnelles que quelqu’un a mises en attente jusqu’à un jour ultérieur.
page-of-near = Forfaits au-delà du seuil d’alerte, et ceux qui s’épuisent bientôt au rythme des dernières semaines, ou depuis le début d’un contrat récent.
page-of-idle = Contrats prépayés avec un reste, sur lesquels personne n’a travaillé depuis un certain temps.
page-of-unmatched = Saisies de feuilles de temps qui ne mènent à aucune ligne de commande, avec le candidat le plus proche.
page-of-exceptions = Lignes inexploitables : ce qui a été trouvé, ce qui était attendu, ce qu’il faut faire.
page-of-delivered = Chaque ligne de commande avec ses chiffres.
