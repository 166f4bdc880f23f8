# Ce qui est dit des anomalies, en français ; les termes sont ceux d’Odoo.

# What was expected of a cell
expected-decimal = un nombre décimal comme 7.5, de 28 chiffres au plus
expected-decimal-with-comma = un nombre décimal comme 7,5, de 28 chiffres au plus
expected-date = une date comme 2026-03-02
expected-yes-or-no = oui ou non
expected-one-of = { $values }
expected-section-or-note = line_section, line_note ou rien
expected-seconds-or-duration = un nombre entier de secondes comme 27000, ou une durée comme 7:30
expected-decimal-or-duration = un nombre décimal comme 7.5, ou une durée comme 7:30
expected-decimal-with-comma-or-duration = un nombre décimal comme 7,5, ou une durée comme 7:30
expected-decimal-not-below-zero = un nombre supérieur ou égal à 0, comme 1 ou 0.9
expected-share-of-ordered = une part de la quantité commandée, de 0 à 10 : 0.8 ou 80 % pour 80 pour cent
expected-name-or-id = un nom ou un identifiant
expected-cells-of-header = { $cells } cellules, comme l’en-tête ; celle-ci est la cellule { $cell }
expected-shown-mark = une colonne qui montre son séparateur décimal ; { $example }
expected-one-mark = un seul séparateur décimal par colonne ; { $example }
expected-shown-order = une colonne qui montre l’ordre du jour et du mois ; { $example }
expected-one-order = un seul ordre du jour et du mois par colonne ; { $example }
example-either = « { $text } » peut être { $one } ou { $other }
example-two-numbers = « { $text } » peut être deux nombres différents
example-two-days = « { $text } » peut être deux jours différents
example-both = elle contient « { $one } » et « { $other } »
expected-decision-day = une date comme 2026-04-15
expected-decision = l’une de ces décisions : { decision-new_line }, { decision-new_order }, { decision-lock }, { decision-no }, { decision-wait }

# What was expected where nothing stands
expected-order-name = le nom de la commande
expected-line-id = l’identifiant de la ligne de commande
expected-product-name = le nom du produit
expected-task-name = le nom de la tâche
expected-adjustment-day = le jour de l’ajustement
expected-adjusted-quantity = la quantité ajustée
expected-line-or-contract = la ligne de commande ou le contrat à ajuster
expected-order-of-line = la commande à laquelle la ligne appartient
expected-ordered-quantity = la quantité commandée
expected-sold-product = le produit vendu
expected-recorded-quantity = la quantité livrée saisie manuellement
expected-unit-of-quantities = l’unité de mesure des quantités

# What was expected of what a cell names
expected-one-line = une seule ligne de commande ; ce texte correspond à plusieurs
expected-line-of-inputs = une ligne de commande de l’un des fichiers lus
expected-one-contract = un seul contrat ; ce nom correspond à plusieurs
expected-contract-of-inputs = le contrat d’une commande de l’un des fichiers lus
expected-contract-of-one-pool = un contrat d’un seul groupe de produits (règle 3.4) ; celui-ci en vend plusieurs
expected-tracked-contract = un contrat dont un produit est suivi par contrat
expected-confirmed-order = une commande confirmée (état sale ou done)
expected-known-unit = { unit-Hours }, { unit-Days }, { unit-Weeks }, { unit-Minutes }, une unité d’un fichier d’unités de mesure ou un alias
expected-per-cent-with-sign = un nombre en pour cent avec son signe, comme 10 %
expected-unit-of-category = une unité de la catégorie { $category }, car la ligne de commande { $line } est vendue en { $unit }
expected-product-policy = la politique de facturation du produit, d’une colonne, d’un fichier de produits ou de la configuration
expected-product-tracking = le suivi du produit, d’une colonne, d’un fichier de produits ou de la configuration
expected-product-policy-and-tracking = la politique de facturation et le suivi du produit, d’une colonne, d’un fichier de produits ou de la configuration
expected-one-pool = un seul produit, ou un seul groupe de produits d’un même client et d’une même devise, suivi par contrat
expected-counted-version = la version qui compte : { $version } dans { $place }
expected-one-version = une seule version de la saisie ; une autre est { $version } dans { $place }
expected-own-entry = une saisie à part, ou un identifiant qui la distingue ; la même figure dans { $place }
expected-own-adjustment = un ajustement à part ; le même figure dans { $place }

# What was found
met-product-of-lines = { $product } ({ $lines ->
        [one] 1 ligne
       *[other] { $lines } lignes
    })
met-entry-of-orders = { $quantity }, { $orders }
met-draft-order = { $order } (devis)
met-sent-order = { $order } (devis envoyé)
met-cancelled-order = { $order } (annulée)
met-version-of-entry = { $id }: { $quantity }, { $day }
met-quantity-of-day = { $quantity }, { $day }
met-quantity-of-category = { $quantity } ({ $category })

# What to do about a cell
action-correct-cell = corrigez la cellule
action-correct-cell-or-export = corrigez la cellule ou l’export
action-failed-number = la formule de cette cellule a échoué : corrigez-la, ou écrivez le nombre
action-failed-name = la formule de cette cellule a échoué : corrigez-la, ou écrivez la valeur
action-uncalculated = la formule de cette cellule n’a pas été calculée : ouvrez le classeur dans un tableur et enregistrez-le, ou écrivez la valeur
action-id-as-text = un classeur ne garde qu’une quinzaine de chiffres d’un nombre, si bien que deux identifiants ont pu se confondre : exportez cette colonne comme texte
action-no-per-cent = écrivez le nombre seul, sans le signe pour cent
action-sign-of-per-cent = un classeur .xls ou .xlsb ne dit pas si ceci est affiché en pour cent : écrivez-le avec son signe, comme "10 %", ou enregistrez le classeur au format .xlsx
action-one-file-or-distinct = donnez chaque ajustement une seule fois ; si les deux sont voulus, distinguez-les par leurs motifs
action-shown-as-date = le tableur affiche cette cellule comme une date : mettez-la au format nombre
action-hours-as-decimal = écrivez les heures et les minutes en nombre décimal : 7:30 devient 7.5
action-hours-as-decimal-with-comma = écrivez les heures et les minutes en nombre décimal : 7:30 devient 7,5
action-one-number = corrigez la cellule : écrivez un seul nombre de 28 chiffres au plus, sans exposant
action-has-letter = corrigez la cellule : elle contient la lettre { $letter }
action-has-word = corrigez la cellule : elle contient « { $word } » à côté du nombre
action-number-in-digits = corrigez la cellule : écrivez le nombre en chiffres
action-has-sign = corrigez la cellule : elle contient « { $sign } » ({ $code })
action-has-hidden = corrigez la cellule : elle contient un caractère invisible ({ $code })
action-decimal-point = écrivez le nombre avec un point décimal et sans séparateur de milliers, comme 1234.5
action-decimal-comma = écrivez le nombre avec une virgule décimale et sans séparateur de milliers, comme 1234,5
action-no-such-day = corrigez la cellule : ce jour n’existe pas dans le calendrier
action-year-out-of-range = corrigez la cellule : l’année doit être comprise entre 1900 et 2200
action-format-as-date = mettez la cellule au format date, ou écrivez la date sous la forme année-mois-jour
action-four-digit-year = écrivez l’année en quatre chiffres, ou la date sous la forme année-mois-jour : rien n’est deviné, ni lequel des nombres est l’année, ni de quel siècle
action-year-month-day = écrivez la date sous la forme année-mois-jour
action-quote-delimiter = mettez entre guillemets la cellule qui contient un séparateur, comme "7,5"
action-head-or-clear = donnez un en-tête à la colonne de cette cellule, ou videz la cellule
action-say-mark = indiquez ce séparateur sous [reading] dans drawdown.toml : decimal = "," ou "."
action-say-order = indiquez cet ordre sous [reading] dans drawdown.toml : dates = "dmy" ou "mdy"
action-fill-cell = remplissez la cellule
action-fill-one-cell = remplissez l’une des deux cellules
action-fill-or-export-name = remplissez la cellule, ou exportez le nom de la commande
action-fill-or-export-id = exportez les lignes avec leur ID externe, ou remplissez la cellule
action-fill-or-take-out = remplissez la cellule, ou retirez la ligne
action-fill-or-export-column = remplissez la cellule, ou exportez la colonne « { $column } »
action-correct-decision = corrigez-la à côté de la vente additionnelle de { $order }, ici ou dans le classeur ; d’ici là, elle reste telle quelle

# What to do about what a cell names
action-line-by-id = indiquez la ligne par son identifiant, comme delivered.csv
action-export-line-id = exportez aussi l’identifiant de la ligne (sale_line_id/id)
action-export-lines = exportez de nouveau les lignes de commande, avec celle-ci
action-contract-as-named = écrivez le contrat comme la commande le nomme, ou indiquez une ligne de commande
action-name-line = indiquez une ligne de commande
action-name-adjusted-line = indiquez la ligne de commande à ajuster
action-confirm-or-take-out = confirmez la commande, ou retirez l’ajustement
action-confirm-or-book-elsewhere = confirmez la commande, ou imputez les heures à une autre
action-correct-adjustment-unit = corrigez l’unité de l’ajustement
action-correct-unit = corrigez l’unité de la saisie ou de la ligne de commande
action-hours-per-unit = corrigez l’unité, ou indiquez combien d’heures vaut une unité ; collez dans drawdown.toml :
    { "[" }products.{ $product }]
    hours_per_unit = 8 # heures par unité ; 8 est un exemple
action-unit-meant = s’agit-il de « { $unit } » ? Écrivez alors sous [aliases] dans drawdown.toml :
    { $alias } = { $name }
action-declare-unit = exportez aussi les unités de mesure, ou collez dans drawdown.toml :
    { "[" }units.{ $unit }]
    category = "Working Time"
    ratio = 8 # heures par unité ; 8 est un exemple
action-paste-policy = exportez aussi les produits, ou collez dans drawdown.toml :
    { "[" }products.{ $product }]
    policy = "ordered" # ou "delivered"
action-paste-tracking = exportez aussi les produits, ou collez dans drawdown.toml :
    { "[" }products.{ $product }]
    tracking = "contract" # ou "task", "manual", "none"
action-paste-policy-and-tracking = exportez aussi les produits, ou collez dans drawdown.toml :
    { "[" }products.{ $product }]
    policy = "ordered" # ou "delivered"
    tracking = "contract" # ou "task", "manual", "none"
action-split-or-track-by-task = scindez la commande pour que chaque produit ait son propre contrat, ou suivez ces produits par tâche
action-nothing-if-right = rien, si la version qui compte est la bonne
action-ids-or-distinct = exportez des identifiants, ou indiquez overlap = "distinct" si les deux ont été travaillées
action-write-date-or-choose = exportez aussi la date de modification (write_date), ou choisissez avec --on-conflict newest|first
action-readable-write-date = écrivez le moment « { $text } » sous la forme 2026-03-02 10:15:00 dans la colonne de la dernière modification ; ou indiquez sous [reading] dans drawdown.toml si le jour ou le mois vient en premier : dates = "dmy" ou "mdy"

# What is set up so that it goes wrong
advice-orders-locked = { $locked } des { $confirmed } commandes confirmées sont verrouillées et ne donnent donc pas de vente additionnelle
advice-ignore-locks = si votre société verrouille chaque commande à la confirmation, écrivez locked = "ignore" dans drawdown.toml
advice-piece-without-hours = { $product } ({ $lines ->
        [one] 1 ligne
       *[other] { $lines } lignes
    }) est prépayé et vendu en { $unit }, et rien n’indique combien d’heures vaut une unité
advice-say-hours-of-piece = vendez-le à l’heure, ou collez dans drawdown.toml combien d’heures vaut une unité :
    { "[" }products.{ $product }]
    hours_per_unit = 8 # heures par unité ; 8 est un exemple
advice-nothing-tracked = { $product } ({ $lines ->
        [one] 1 ligne
       *[other] { $lines } lignes
    }) est confirmé et suivi, mais n’a ni contrat, ni tâche, ni saisie
advice-give-account-or-task = donnez à la commande son compte analytique, ou à la ligne sa tâche, dans l’ERP ; si personne ne le suit, écrivez tracking = "none" pour le produit dans drawdown.toml
advice-prepaid-by-delivery = { $product } ({ $lines ->
        [one] 1 ligne
       *[other] { $lines } lignes
    }) est vendu d’avance et facturé selon les quantités livrées, ce n’est donc jamais une vente additionnelle
advice-invoice-by-ordered = facturez-le selon les quantités commandées dans l’ERP, ou collez dans drawdown.toml :
    { "[" }products.{ $product }]
    policy = "ordered"
advice-other-line-than-task = { $entries ->
        [one] 1 saisie de la tâche « { $task } » indique
       *[other] { $entries } saisies de la tâche « { $task } » indiquent
    } la ligne { $line }, et la tâche est celle de la ligne { $others }
advice-line-of-order = { $line } de { $order }
advice-correct-entries-or-task = les saisies comptent sur la ligne qu’elles indiquent ; corrigez-les dans l’ERP, ou corrigez la ligne de commande de la tâche

# Why a file or a sheet was not read
passed-lock-file = fichier de verrouillage
passed-configuration = la configuration
passed-other-configuration = une configuration qui n’est pas en vigueur : seule l’est celle qui accompagne les entrées nommées, ou celle de --config
passed-hidden-file = fichier caché
passed-hidden-folder = dossier caché
passed-hidden-sheet = feuille masquée
passed-not-chosen = une autre feuille est choisie sous [files]
passed-earlier-output = les résultats d’une exécution précédente
passed-link-outside = un lien hors du dossier : indiquez le fichier lui-même pour le lire
passed-link-to-folder-outside = un lien hors du dossier : indiquez ce dossier lui-même pour le lire
passed-link-to-folder = un lien vers un dossier de ce dossier
passed-link-to-read = un lien vers un fichier qui est lu
passed-link-to-nowhere = un lien qui ne mène nulle part
passed-no-file = ni un fichier ni un dossier
passed-unknown-kind = type inconnu
passed-no-export = ni du texte ni un classeur ; exportez-le de nouveau, ou retirez-le
passed-empty-sheet = une feuille vide
passed-unknown-role = des en-têtes d’aucun rôle connu
passed-nearly = semble contenir des { $role }, mais il manque { $missing } ; corrigez l’en-tête, ou retirez le fichier
passed-nearly-by = semble contenir des { $role }, mais il manque { $missing } ; { $meant }
passed-header-meant = « { $header } » désigne-t-il « { $known } » ?

# What a file is that is no export
is-utf-32 = c’est du texte UTF-32 ; enregistrez-le au format « CSV UTF-8 »
is-pdf = c’est un document PDF ; exportez les données en .xlsx ou en CSV UTF-8
is-rtf = c’est un document mis en forme (RTF) ; exportez les données en .xlsx ou en CSV UTF-8
is-7z = c’est une archive 7z ; décompressez-la d’abord
is-rar = c’est une archive RAR ; décompressez-la d’abord
is-xz = c’est un fichier compressé par xz ; décompressez-le d’abord
is-bzip2 = c’est un fichier compressé par bzip2 ; décompressez-le d’abord
is-tar = c’est une archive tar ; extrayez-la d’abord
is-nested = c’est une archive dans une archive ; décompressez-la d’abord
is-sqlite = c’est une base de données (SQLite) ; exportez les données en .xlsx ou en CSV UTF-8
is-picture = c’est une image ; exportez les données en .xlsx ou en CSV UTF-8
is-parquet = c’est un fichier Parquet, que cette version de drawdown ne lit pas ; installez-en une qui le lit avec `cargo install --path . --features parquet`, ou exportez les données en CSV UTF-8
is-encrypted-parquet = c’est un fichier Parquet chiffré ; écrivez-le sans clé
is-old-excel = c’est un classeur d’Excel 4 ou plus ancien ; enregistrez-le en .xlsx
is-web-page = c’est une page web (HTML), quoi que dise son nom ; ouvrez-la dans un tableur et enregistrez-la en .xlsx ou en CSV UTF-8
is-mhtml = c’est une page web en un seul fichier (MHTML), quoi que dise son nom ; ouvrez-la dans un tableur et enregistrez-la en .xlsx ou en CSV UTF-8
is-xml-spreadsheet = c’est une feuille XML d’Excel 2003, quoi que dise son nom ; ouvrez-la et enregistrez-la en .xlsx
is-xml = c’est un document XML ; exportez les données en .xlsx ou en CSV UTF-8
is-open-document = c’est un fichier OpenDocument, mais pas une feuille de calcul ; exportez les données en .xlsx ou en CSV UTF-8
is-protected = le fichier est protégé par un mot de passe ; enregistrez-le sans mot de passe
is-word = c’est un document Word ; exportez les données en .xlsx ou en CSV UTF-8
is-presentation = c’est une présentation ; exportez les données en .xlsx ou en CSV UTF-8
is-word-or-presentation = c’est un document Word ou une présentation ; exportez les données en .xlsx ou en CSV UTF-8
is-office = c’est un document Office sans classeur ; exportez les données en .xlsx ou en CSV UTF-8
is-ole = c’est un fichier OLE sans classeur ; exportez les données en .xlsx ou en CSV UTF-8
is-numbers = c’est un document d’Apple Numbers ; exportez-le en .xlsx ou en CSV UTF-8
is-compressed-by = le fichier est compressé par { $method }, ce qui n’est pas pris en charge ; compressez-le par deflate

# The words around them
one-or-other = { $others } ou { $last }
place-cell = { $file }, feuille « { $sheet } », { $cell } (ligne { $row }, colonne « { $column } »)
place-sheet-row = { $file }, feuille « { $sheet } », ligne { $row }
place-sheet = { $file }, feuille « { $sheet } »
place-column = { $rows }, colonne « { $column } »
sentence = { $kind } : { $found } dans { $place } ; attendu : { $expected } ; à faire : { $action }
and-in-row = { $place } (et à la ligne { $row })
and-in-rows = { $place } (et aux lignes { $rows } et { $last })
and-in-more-rows = { $place } (et aux lignes { $rows } et { $more ->
        [one] 1 autre
       *[other] { $more } autres
    })
row-with-text = { $row } ({ $found })
quoted-text = « { $text } »
nothing = rien
kind-headline = { $kind } : { $found }
nothing-in-column = rien dans la colonne « { $column } »
blank-cell = une cellule est vide
text-in-column = { $found } dans la colonne « { $column } »
rows-in-column = { $rows } lignes dans la colonne « { $column } »
rows-found = { $rows } lignes
expected-label = attendu : { $expected }
help-label = à faire
warning-label = avertissement
more-rows = { $rows ->
    [one] et 1 autre ligne
   *[other] et { $rows } autres lignes
}
more-exceptions = et { $exceptions ->
    [one] { $exceptions } autre anomalie, d’un autre type ou d’une autre colonne
   *[other] { $exceptions } autres anomalies, { $groups ->
        [one] d’un autre type ou d’une autre colonne
       *[other] de { $groups } autres types ou colonnes
    }
} ; { $all } les donne toutes
advice-sentence = conseil : { $found } ; à faire : { $action }
advice-sentence-at = conseil : { $place } : { $found } ; à faire : { $action }
more-advice = et { $more } autres conseils ; --format json les donne tous
warning-sentence = avertissement : { $warning }
other-orders = l’exécution précédente dans { $folder } et ces fichiers n’ont aucune commande en commun ; son historique a tout de même été repris, et --since none repart de zéro
