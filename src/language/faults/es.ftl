# Lo que se dice de las excepciones, en español; los términos son los de Odoo.

# What was expected of a cell
expected-decimal = un número decimal como 7.5, de 28 cifras como máximo
expected-decimal-with-comma = un número decimal como 7,5, de 28 cifras como máximo
expected-date = una fecha como 2026-03-02
expected-yes-or-no = sí o no
expected-one-of = { $values }
expected-section-or-note = line_section, line_note o nada
expected-seconds-or-duration = segundos enteros como 27000, o una duración como 7:30
expected-decimal-or-duration = un número decimal como 7.5, o una duración como 7:30
expected-decimal-with-comma-or-duration = un número decimal como 7,5, o una duración como 7:30
expected-decimal-not-below-zero = un número de 0 o más, como 1 o 0.9
expected-share-of-ordered = una parte de la cantidad pedida, de 0 a 10: 0.8 u 80 % para el 80 por ciento
expected-name-or-id = un nombre o un identificador
expected-cells-of-header = { $cells } celdas, como el encabezado; esta es la celda { $cell }
expected-shown-mark = una columna que muestre su separador decimal; { $example }
expected-one-mark = un solo separador decimal por columna; { $example }
expected-shown-order = una columna que muestre el orden de día y mes; { $example }
expected-one-order = un solo orden de día y mes por columna; { $example }
example-either = «{ $text }» puede ser { $one } o { $other }
example-two-numbers = «{ $text }» puede ser dos números distintos
example-two-days = «{ $text }» puede ser dos días distintos
example-both = tiene «{ $one }» y «{ $other }»
expected-decision-day = una fecha como 2026-04-15
expected-decision = una de estas decisiones: { decision-new_line }, { decision-new_order }, { decision-lock }, { decision-no }, { decision-wait }

# What was expected where nothing stands
expected-order-name = el nombre del pedido
expected-line-id = el identificador de la línea de pedido
expected-product-name = el nombre del producto
expected-task-name = el nombre de la tarea
expected-adjustment-day = el día del ajuste
expected-adjusted-quantity = la cantidad ajustada
expected-line-or-contract = la línea de pedido o el contrato que se ajusta
expected-order-of-line = el pedido al que pertenece la línea
expected-ordered-quantity = la cantidad pedida
expected-sold-product = el producto vendido
expected-recorded-quantity = la cantidad entregada que se registra a mano
expected-unit-of-quantities = la unidad de medida de las cantidades

# What was expected of what a cell names
expected-one-line = una sola línea de pedido; este texto corresponde a varias
expected-line-of-inputs = una línea de pedido de alguno de los archivos leídos
expected-one-contract = un solo contrato; este nombre corresponde a varios
expected-contract-of-inputs = el contrato de un pedido de alguno de los archivos leídos
expected-contract-of-one-pool = un contrato de un solo grupo de productos (regla 3.4); este vende varios
expected-tracked-contract = un contrato con un producto que se sigue por contrato
expected-confirmed-order = un pedido confirmado (estado sale o done)
expected-known-unit = { unit-Hours }, { unit-Days }, { unit-Weeks }, { unit-Minutes }, una unidad de un archivo de unidades de medida o un alias
expected-per-cent-with-sign = un número en tanto por ciento con su signo, como 10 %
expected-unit-of-category = una unidad de la categoría { $category }, pues la línea de pedido { $line } se vende en { $unit }
expected-product-policy = la política de facturación del producto, de una columna, un archivo de productos o la configuración
expected-product-tracking = el seguimiento del producto, de una columna, un archivo de productos o la configuración
expected-product-policy-and-tracking = la política de facturación y el seguimiento del producto, de una columna, un archivo de productos o la configuración
expected-one-pool = un solo producto, o un solo grupo de productos de un cliente y una moneda, con seguimiento por contrato
expected-counted-version = la versión que cuenta: { $version } en { $place }
expected-one-version = una sola versión del registro; otra es { $version } en { $place }
expected-own-entry = un registro propio, o un identificador que lo distinga; el mismo está en { $place }
expected-own-adjustment = un ajuste propio; el mismo está en { $place }

# What was found
met-product-of-lines = { $product } ({ $lines ->
        [one] 1 línea
       *[other] { $lines } líneas
    })
met-entry-of-orders = { $quantity }, { $orders }
met-draft-order = { $order } (presupuesto)
met-sent-order = { $order } (presupuesto enviado)
met-cancelled-order = { $order } (cancelado)
met-version-of-entry = { $id }: { $quantity }, { $day }
met-quantity-of-day = { $quantity }, { $day }
met-quantity-of-category = { $quantity } ({ $category })

# What to do about a cell
action-correct-cell = corrija la celda
action-correct-cell-or-export = corrija la celda o la exportación
action-failed-number = la fórmula de esta celda ha fallado: corríjala o escriba el número
action-failed-name = la fórmula de esta celda ha fallado: corríjala o escriba el valor
action-uncalculated = la fórmula de esta celda no se ha calculado: abra el libro en una hoja de cálculo y guárdelo, o escriba el valor
action-id-as-text = un libro solo conserva unas 15 cifras de un número, así que dos identificadores pueden haberse convertido en uno: exporte esta columna como texto
action-no-per-cent = escriba solo el número, sin el signo de porcentaje
action-sign-of-per-cent = un libro .xls o .xlsb no dice si esto se muestra en tanto por ciento: escríbalo con su signo, como "10 %", o guarde el libro como .xlsx
action-one-file-or-distinct = indique cada ajuste una sola vez; si ambos son intencionados, distíngalos por sus motivos
action-shown-as-date = la hoja de cálculo muestra esta celda como fecha: dele formato de número
action-hours-as-decimal = escriba las horas y los minutos como número decimal: 7:30 es 7.5
action-hours-as-decimal-with-comma = escriba las horas y los minutos como número decimal: 7:30 es 7,5
action-one-number = corrija la celda: escriba un solo número de 28 cifras como máximo, sin exponente
action-has-letter = corrija la celda: contiene la letra { $letter }
action-has-word = corrija la celda: contiene «{ $word }» junto al número
action-number-in-digits = corrija la celda: escriba el número en cifras
action-has-sign = corrija la celda: contiene «{ $sign }» ({ $code })
action-has-hidden = corrija la celda: contiene un carácter invisible ({ $code })
action-decimal-point = escriba el número con punto decimal y sin separador de miles, como 1234.5
action-decimal-comma = escriba el número con coma decimal y sin separador de miles, como 1234,5
action-no-such-day = corrija la celda: ese día no existe en el calendario
action-year-out-of-range = corrija la celda: el año debe estar entre 1900 y 2200
action-format-as-date = dé a la celda formato de fecha, o escriba la fecha como año-mes-día
action-four-digit-year = escriba el año con cuatro cifras, o la fecha como año-mes-día: no se adivina cuál de los números es el año ni de qué siglo
action-year-month-day = escriba la fecha como año-mes-día
action-quote-delimiter = ponga entre comillas la celda que contiene un separador, como "7,5"
action-head-or-clear = dé un encabezado a la columna de esta celda, o vacíe la celda
action-say-mark = indique qué separador es, en [reading] de drawdown.toml: decimal = "," o "."
action-say-order = indique qué orden es, en [reading] de drawdown.toml: dates = "dmy" o "mdy"
action-fill-cell = rellene la celda
action-fill-one-cell = rellene una de las dos celdas
action-fill-or-export-name = rellene la celda, o exporte el nombre del pedido
action-fill-or-export-id = exporte las líneas con su ID externo, o rellene la celda
action-fill-or-take-out = rellene la celda, o quite la fila
action-fill-or-export-column = rellene la celda, o exporte la columna «{ $column }»
action-correct-decision = corríjala junto a la venta adicional de { $order }, aquí o en el libro; hasta entonces se conserva tal como está

# What to do about what a cell names
action-line-by-id = indique la línea por su identificador, como delivered.csv
action-export-line-id = exporte también el identificador de la línea (sale_line_id/id)
action-export-lines = exporte de nuevo las líneas de pedido, con esta
action-contract-as-named = escriba el contrato como lo llama el pedido, o indique una línea de pedido
action-name-line = indique una línea de pedido
action-name-adjusted-line = indique la línea de pedido que se ajusta
action-confirm-or-take-out = confirme el pedido, o quite el ajuste
action-confirm-or-book-elsewhere = confirme el pedido, o impute las horas a otro
action-correct-adjustment-unit = corrija la unidad del ajuste
action-correct-unit = corrija la unidad del registro o de la línea de pedido
action-hours-per-unit = corrija la unidad, o indique cuántas horas vale una; pegue en drawdown.toml:
    { "[" }products.{ $product }]
    hours_per_unit = 8 # horas por unidad; 8 es un ejemplo
action-unit-meant = ¿se refiere a «{ $unit }»? Escriba entonces en [aliases] de drawdown.toml:
    { $alias } = { $name }
action-declare-unit = exporte también las unidades de medida, o pegue en drawdown.toml:
    { "[" }units.{ $unit }]
    category = "Working Time"
    ratio = 8 # horas por unidad; 8 es un ejemplo
action-paste-policy = exporte también los productos, o pegue en drawdown.toml:
    { "[" }products.{ $product }]
    policy = "ordered" # o "delivered"
action-paste-tracking = exporte también los productos, o pegue en drawdown.toml:
    { "[" }products.{ $product }]
    tracking = "contract" # o "task", "manual", "none"
action-paste-policy-and-tracking = exporte también los productos, o pegue en drawdown.toml:
    { "[" }products.{ $product }]
    policy = "ordered" # o "delivered"
    tracking = "contract" # o "task", "manual", "none"
action-split-or-track-by-task = divida el pedido para que cada producto tenga su propio contrato, o siga estos productos por tarea
action-nothing-if-right = nada, si la versión que cuenta es la correcta
action-ids-or-distinct = exporte identificadores, o ponga overlap = "distinct" si ambos se trabajaron
action-write-date-or-choose = exporte también la fecha de modificación (write_date), o elija con --on-conflict newest|first
action-readable-write-date = escriba el momento «{ $text }» con la forma 2026-03-02 10:15:00 en la columna de la última modificación; o indique en [reading] de drawdown.toml si va primero el día o el mes: dates = "dmy" o "mdy"

# What is set up so that it goes wrong
advice-orders-locked = { $locked } de { $confirmed } pedidos confirmados están bloqueados, así que no son venta adicional
advice-ignore-locks = si su empresa bloquea todos los pedidos al confirmarlos, escriba locked = "ignore" en drawdown.toml
advice-piece-without-hours = { $product } ({ $lines ->
        [one] 1 línea
       *[other] { $lines } líneas
    }) es de prepago y se vende en { $unit }, y nada dice cuántas horas vale una unidad
advice-say-hours-of-piece = véndalo por horas, o pegue en drawdown.toml cuántas horas vale una unidad:
    { "[" }products.{ $product }]
    hours_per_unit = 8 # horas por unidad; 8 es un ejemplo
advice-nothing-tracked = { $product } ({ $lines ->
        [one] 1 línea
       *[other] { $lines } líneas
    }) está confirmado y con seguimiento, pero no tiene contrato, tarea ni registro
advice-give-account-or-task = dé al pedido su cuenta analítica, o a la línea su tarea, en el ERP; si nadie lo sigue, escriba tracking = "none" para el producto en drawdown.toml
advice-prepaid-by-delivery = { $product } ({ $lines ->
        [one] 1 línea
       *[other] { $lines } líneas
    }) se vende por adelantado y se factura por cantidades entregadas, así que nunca es venta adicional
advice-invoice-by-ordered = factúrelo por cantidades pedidas en el ERP, o pegue en drawdown.toml:
    { "[" }products.{ $product }]
    policy = "ordered"
advice-other-line-than-task = { $entries ->
        [one] 1 registro de la tarea «{ $task }» indica
       *[other] { $entries } registros de la tarea «{ $task }» indican
    } la línea { $line }, y la tarea es de la línea { $others }
advice-line-of-order = { $line } de { $order }
advice-correct-entries-or-task = los registros cuentan en la línea que indican; corríjalos en el ERP, o corrija la línea de pedido de la tarea

# Why a file or a sheet was not read
passed-lock-file = archivo de bloqueo
passed-configuration = la configuración
passed-other-configuration = una configuración que no está en vigor: solo lo está una junto a las entradas indicadas, o la de --config
passed-hidden-file = archivo oculto
passed-hidden-folder = carpeta oculta
passed-hidden-sheet = hoja oculta
passed-not-chosen = en [files] se elige otra hoja
passed-earlier-output = los resultados de una ejecución anterior
passed-link-outside = un enlace fuera de la carpeta: indique el propio archivo para leerlo
passed-link-to-folder-outside = un enlace fuera de la carpeta: indique la propia carpeta para leerla
passed-link-to-folder = un enlace a una carpeta de esta carpeta
passed-link-to-read = un enlace a un archivo que se lee
passed-link-to-nowhere = un enlace que no lleva a ninguna parte
passed-no-file = ni un archivo ni una carpeta
passed-unknown-kind = tipo desconocido
passed-no-export = ni texto ni un libro; expórtelo de nuevo o retírelo
passed-empty-sheet = una hoja vacía
passed-unknown-role = encabezados de ningún tipo conocido
passed-nearly = parece de { $role }, pero falta { $missing }; corrija el encabezado o retire el archivo
passed-nearly-by = parece de { $role }, pero falta { $missing }; { $meant }
passed-header-meant = ¿«{ $header }» quiere decir «{ $known }»?

# What a file is that is no export
is-utf-32 = es texto UTF-32; guárdelo como «CSV UTF-8»
is-pdf = es un documento PDF; exporte los datos como .xlsx o como CSV UTF-8
is-rtf = es un documento con formato (RTF); exporte los datos como .xlsx o como CSV UTF-8
is-7z = es un archivo comprimido 7z; descomprímalo primero
is-rar = es un archivo comprimido RAR; descomprímalo primero
is-xz = está comprimido con xz; descomprímalo primero
is-bzip2 = está comprimido con bzip2; descomprímalo primero
is-tar = es un archivo tar; extráigalo primero
is-nested = es un archivo comprimido dentro de otro; descomprímalo primero
is-sqlite = es una base de datos (SQLite); exporte los datos como .xlsx o como CSV UTF-8
is-picture = es una imagen; exporte los datos como .xlsx o como CSV UTF-8
is-parquet = es un archivo Parquet, que esta compilación de drawdown no lee; instale una que lo lea con `cargo install --path . --features parquet`, o exporte los datos como CSV UTF-8
is-encrypted-parquet = es un archivo Parquet cifrado; escríbalo sin clave
is-old-excel = es un libro de Excel 4 o anterior; guárdelo como .xlsx
is-web-page = es una página web (HTML), diga lo que diga su nombre; ábrala en una hoja de cálculo y guárdela como .xlsx o como CSV UTF-8
is-mhtml = es una página web en un solo archivo (MHTML), diga lo que diga su nombre; ábrala en una hoja de cálculo y guárdela como .xlsx o como CSV UTF-8
is-xml-spreadsheet = es una hoja XML de Excel 2003, diga lo que diga su nombre; ábrala y guárdela como .xlsx
is-xml = es un documento XML; exporte los datos como .xlsx o como CSV UTF-8
is-open-document = es un archivo OpenDocument, pero no una hoja de cálculo; exporte los datos como .xlsx o como CSV UTF-8
is-protected = está protegido con contraseña; guárdelo sin ella
is-word = es un documento de Word; exporte los datos como .xlsx o como CSV UTF-8
is-presentation = es una presentación; exporte los datos como .xlsx o como CSV UTF-8
is-word-or-presentation = es un documento de Word o una presentación; exporte los datos como .xlsx o como CSV UTF-8
is-office = es un documento de Office sin libro; exporte los datos como .xlsx o como CSV UTF-8
is-ole = es un archivo OLE sin libro; exporte los datos como .xlsx o como CSV UTF-8
is-numbers = es un documento de Apple Numbers; expórtelo como .xlsx o como CSV UTF-8
is-compressed-by = está comprimido con { $method }, que no se admite; comprímalo con deflate

# The words around them
one-or-other = { $others } o { $last }
place-cell = { $file }, hoja «{ $sheet }», { $cell } (fila { $row }, columna «{ $column }»)
place-sheet-row = { $file }, hoja «{ $sheet }», fila { $row }
place-sheet = { $file }, hoja «{ $sheet }»
place-column = { $rows }, columna «{ $column }»
sentence = { $kind }: { $found } en { $place }; esperado: { $expected }; qué hacer: { $action }
and-in-row = { $place } (y en la fila { $row })
and-in-rows = { $place } (y en las filas { $rows } y { $last })
and-in-more-rows = { $place } (y en las filas { $rows } y { $more } más)
row-with-text = { $row } ({ $found })
quoted-text = «{ $text }»
nothing = nada
kind-headline = { $kind }: { $found }
nothing-in-column = nada en la columna «{ $column }»
blank-cell = hay una celda vacía
text-in-column = { $found } en la columna «{ $column }»
rows-in-column = { $rows } filas en la columna «{ $column }»
rows-found = { $rows } filas
expected-label = esperado: { $expected }
help-label = qué hacer
warning-label = advertencia
more-rows = { $rows ->
    [one] y 1 fila más
   *[other] y { $rows } filas más
}
more-exceptions = y { $exceptions ->
    [one] { $exceptions } excepción más, de otro tipo o columna
   *[other] { $exceptions } excepciones más, { $groups ->
        [one] de otro tipo o columna
       *[other] de otros { $groups } tipos o columnas
    }
}; { $all } las tiene todas
advice-sentence = consejo: { $found }; qué hacer: { $action }
advice-sentence-at = consejo: { $place }: { $found }; qué hacer: { $action }
more-advice = y { $more } consejos más; --format json los tiene todos
warning-sentence = advertencia: { $warning }
other-orders = la ejecución anterior de { $folder } y estos archivos no tienen ningún pedido en común; su historial se ha tomado de todos modos, y --since none empieza de nuevo
