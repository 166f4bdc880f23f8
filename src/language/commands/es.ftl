# Lo que dicen explain, diff e inspect, en español; los términos son los de los informes.

# Several things one after another
listed = { $before }, { $next }
and = { $before } y { $next }
clauses = { $before }, { $next }
sentences = { $before } { $next }

# The run that is explained
explain-run = Se explica la ejecución de { $folder }; sus archivos son, byte por byte, los que eran.
explain-run-edited = Los archivos leídos por la ejecución de { $folder } son, byte por byte, los que eran, pero su delivered.csv se ha modificado desde entonces (su resumen criptográfico no es el de run.json). Se explica lo que dan los archivos.
explain-run-edited-figures = Los archivos leídos por la ejecución de { $folder } son, byte por byte, los que eran, pero su delivered.csv se ha modificado desde entonces (su resumen criptográfico no es el de run.json). Se explica lo que dan los archivos; delivered.csv tiene otras cifras.
explain-run-other-version = Los archivos leídos por la ejecución de { $folder } son los que eran, pero su delivered.csv tiene otras cifras: lo escribió drawdown { $version }, y este es { $own }.
explain-run-json-edited = Los archivos leídos por la ejecución de { $folder } son los que eran, y también su delivered.csv, que tiene otras cifras: run.json se ha modificado desde entonces, en la fecha de corte o en la configuración.
explain-inputs-changed = Hay archivos que han cambiado desde la ejecución de { $folder }: { $files }. Se explican los archivos actuales.
explain-inputs-changed-figures-same = Hay archivos que han cambiado desde la ejecución de { $folder }: { $files }. Se explican los archivos actuales; las cantidades entregadas siguientes son todavía las de delivered.csv.
explain-inputs-changed-and-edited = Hay archivos que han cambiado desde la ejecución de { $folder }: { $files }. Además, su delivered.csv se ha modificado desde entonces (su resumen criptográfico no es el de run.json). Se explican los archivos actuales.

# What was asked for, and what has the name
explain-title = { $asked }, a fecha de { $day }
explain-found-line = { $kind } { $name }: línea { $line }
explain-found-lines = { $kind } { $name }: { $count } líneas: { $lines }
explain-found-several = El nombre corresponde a varias cosas ({ $kinds }); se explican todas.
explain-folder = Las filas citadas son las de los archivos de { $folder }
found-order = pedido
found-line = línea
found-contract = contrato
found-task = tarea
found-customer = cliente

# The figures of order lines
explain-share-hours = { $lines }, que comparten sus horas
explain-ordered = Pedido
explain-delivered = Entregado
explain-in-erp = En el ERP
explain-in-report = El delivered.csv de la ejecución tiene { $quantity } para { $line }: no es la cantidad que aquí se explica.
explain-nothing-in-report = El delivered.csv de la ejecución no tiene nada para { $line }: no es la cantidad que aquí se explica.
explain-recorded = { $line }: la cantidad entregada es la anotada en la línea, { $quantity } { $unit } (regla 3.3); sus registros suman { $entries }.
explain-not-tracked = { $line }: la cantidad entregada es la anotada en la línea, { $quantity } { $unit }: no tiene seguimiento (regla 3.6).
explain-tracking-unknown = { $line }: nada indica cómo se halla su cantidad entregada.
explain-not-confirmed = { $line }: el pedido está en estado «{ $state }», así que no hay nada entregado (regla 6.1).
explain-from-own = { $quantity } de sus propios registros
explain-from-shared = { $quantity } de registros de un nombre compartido
explain-from-contract = { $quantity } del contrato
explain-made-up = { $line }: { $parts } = { $delivered } { $unit }.
explain-without-entries = { $line }: sin registros, { $delivered } { $unit }.
explain-no-quantity = { $line }: no se puede dar ninguna cantidad entregada.
explain-exception = { $line } es una excepción. { $exception }
explain-reached = El cupo de { $quota } { $unit } se alcanzó el { $day }, y así sigue (regla 6.9).
explain-reached-by-entry = El cupo de { $quota } { $unit } se alcanzó el { $day }, con { $place }, y así sigue (regla 6.9).
explain-reached-by-adjustments = El cupo de { $quota } { $unit } se alcanzó el { $day }, con los ajustes de { $places }, y así sigue (regla 6.9).
explain-reached-made-up = Al final de ese día se habían consumido { $entries } por registros + { $adjusted } de ajustes = { $sum } { $unit }.
state-draft = presupuesto
state-sent = presupuesto enviado
state-cancelled = cancelado
state-sale = pedido de venta
state-done = bloqueado

# The sums behind them
explain-of-line = Registros de la línea { $lines }, por su nombre o su tarea
explain-of-only-line = Registros de la línea { $lines }, por su nombre o su tarea o del contrato { $contract }
explain-of-lines = Registros cuyo nombre o tarea corresponde por igual a { $lines }
explain-of-contract = Registros del contrato { $contract }
explain-of-contract-for = Registros del contrato { $contract }, para { $lines }
explain-drawn-down = { $entries }: descontados en este orden, cada línea hasta lo que queda de ella, el exceso en la última (regla 3.5)
explain-on-first-line = { $entries }: todo en la primera línea (regla 3.5)
explain-rounded = redondeado a { $step }
explain-rounded-up = redondeado hacia arriba a { $step }
explain-not-rounded = sin redondear
explain-not-converted = { $amount }: sin convertir
explain-taken = { $amount }, { $rounded }: { $result }
explain-converted = { $amount } { $operation } = { $exact } { $unit }, { $rounded }: { $result }
explain-converted-by-hours = { $amount } { $operation } (1 { $unit } son { $hours } horas) = { $exact } { $unit }, { $rounded }: { $result }
explain-together = En conjunto: { $total }
explain-share = { $line } recibe { $quantity } { $unit } (pedido: { $ordered }).

# Adjustments
explain-converted-column = Convertido
explain-converted-unit = En
explain-adjusts-line = línea { $line }
explain-adjusts-contract = contrato { $contract }
explain-adjustments = Ajustes ({ $to }): { $conversion }
explain-drawn = { $line }: { $delivered } entregado + { $adjusted } ajustado = { $drawn } { $unit } consumidos del cupo; { $ordered } pedido − { $drawn } consumido = { $remaining } { $unit } restantes (regla 6.10).
adjustment-opening = saldo de apertura
adjustment-goodwill = cortesía
adjustment-write_off = condonación
adjustment-billed_elsewhere = facturado por otra vía

# Why the ERP may have another figure
explain-causes = Por qué el ERP puede tener otra cifra (regla 6.8)
explain-causes-note = Una causa es un cálculo que da la cifra del ERP: cuadra, pero no es una prueba. delivered.csv nombra la primera.
explain-arithmetic = Cálculo
explain-no-cause = ninguna causa que drawdown conozca da { $quantity }
explain-no-sums = sin registros
explain-each-sum-up = cada suma convertida y redondeada hacia arriba a { $step }
explain-each-entry = cada registro convertido y redondeado a { $step }, y luego sumado
explain-as-they-stand = sumados tal como están
explain-all-on-first = todo en su primera línea
explain-line-by-line = descontado línea por línea
explain-with-excluded = con los registros fuera de los días que cuentan
explain-with-left-out = con los registros no aprobados o no facturables
explain-with-duplicates = con los duplicados
explain-with-unmatched = con los registros sin asignar que llevan su pedido, contrato o tarea
explain-without-later = sin los registros posteriores
explain-until = los registros hasta el { $day } suman { $sums }: { $quantity } { $unit }
explain-pool-until = los registros compartidos hasta el { $day } suman { $sums }, de los que a esta línea le tocan { $quantity } { $unit }
explain-fit = { $sums }, { $how }: { $quantity } { $unit }
explain-pool-fit = { $sums } compartidos, { $how }, de los que a esta línea le tocan { $quantity } { $unit }

# Entries
explain-entries = { $entries ->
    [one] { $entries } registro
   *[other] { $entries } registros
}
explain-nearly = Registros que casi llegan aquí, y no cuentan
explain-became = Qué fue de él
explain-more-entries = y { $more } más, de { $total }; --entries muestra más
explain-rule = Regla { $rule }: { $why }.
explain-fate = { $fate }: { $why }
explain-row = { $file }, { $sheet }, fila { $row }
explain-place = { $file }, hoja «{ $sheet }», fila { $row }
explain-reading = Regla 5.6: { $place } tiene { $written } { $unit }, la escritura de un número binario de coma flotante, que se lee como { $read }.
explain-more-readings = Regla 5.6: y { $more } más; --format csv los tiene todos.
explain-minutes = { $minutes } min
explain-seconds = { $seconds } s

# What became of one entry
outcome-attributed = asignado
outcome-unmatched = sin asignar
outcome-refused = rechazado
outcome-excluded = excluido
outcome-not_counted = no contado
outcome-duplicate = duplicado
outcome-rejected = inutilizable

# Why an entry counts here
explain-by-line = el propio registro indica su línea de pedido «{ $said }»
explain-by-task = su tarea «{ $said }» es la de la línea de pedido
explain-by-contract = su contrato «{ $said }» tiene la línea de pedido
explain-by-map = [map] o su proyecto indica a qué corresponde «{ $said }»

# Why an entry does not count
explain-version = una de varias versiones de un registro, y nada indica cuál es la correcta
explain-changed = una versión anterior de un registro modificado
explain-suspected = un registro igual sin identificador está en otro archivo
explain-duplicate = el mismo registro está en otra fila, que es la que cuenta
explain-later = posterior a la fecha de corte, { $day }
explain-earlier = anterior a los días que cuentan
explain-left-out = no está marcado como aprobado o facturable, y solo cuentan los que lo están
explain-mismatch = { $unit } es de otra categoría que { $sold }, la unidad en que se vende { $line }
explain-order-is = { $order } está en estado «{ $state }»
explain-refused = { $orders }, y por tanto sin confirmar
explain-names-nothing = no indica nada
explain-not-mapped = [map] no dice nada de «{ $said }»
explain-mapped-twice = sus etiquetas corresponden a varias cosas
explain-unknown-target = lo que [map] le asigna no está en ningún archivo
explain-unknown-line = ninguna línea de pedido es «{ $said }»
explain-ambiguous-line = «{ $said }» corresponde a varias líneas de pedido
explain-ambiguous-task = la tarea «{ $said }» corresponde a varias líneas de pedido
explain-task-without-line = la tarea «{ $said }» no tiene línea de pedido, y el registro no indica contrato
explain-unknown-task = ningún archivo tiene la tarea «{ $said }»
explain-unknown-contract = ningún pedido tiene el contrato «{ $said }»
explain-contract-not-tracked = ningún producto del contrato «{ $said }» se sigue por contrato
explain-ambiguous-contract = el contrato «{ $said }» vende varios productos, cuyas horas no se pueden distinguir (regla 3.4)
explain-ambiguous-contract-of = el contrato «{ $said }» vende varios productos ({ $products }), cuyas horas no se pueden distinguir (regla 3.4)
explain-nearest = { $why }; el más cercano es { $candidate }

# Two runs beside each other
diff-runs = Ejecuciones
diff-folder = Carpeta
diff-old = Anterior
diff-new = Nuevo
diff-upsells-new = Ventas adicionales nuevas
diff-upsells-open = Ventas adicionales aún abiertas
diff-upsells-changed = Otros cambios de ventas adicionales abiertas
diff-upsells-resolved = Ventas adicionales resueltas
diff-lines-changed = Líneas de pedido que cambiaron
diff-lines-new = Líneas de pedido nuevas
diff-lines-gone = Líneas de pedido desaparecidas
diff-totals-changed = Cambios de los totales de control
diff-back-dated = Registros añadidos con fecha de días ya informados
diff-entries-changed = Registros de días ya informados con otro día u otra cantidad
diff-moved = Registros que pasaron a otra línea
diff-vanished = Registros que faltan en exportaciones posteriores de sus días
diff-settings = Ajustes que difieren
diff-counted = { $heading }: { $count }
diff-counted-in-part = { $heading }: { $count }, aquí las primeras filas ({ $shown })
diff-delivered-before = Entregado antes
diff-excess-before = Exceso antes
diff-how = Cómo
diff-also = Además
diff-leads-to = Lleva a
diff-led-to = Llevaba a
diff-empty = (vacío)
diff-no-line = (ninguna línea)
diff-total-entries = registros { $fate }
diff-total-hours = horas de registros { $fate }
diff-further = Otros registros que difieren: { $count }
diff-entries-left-out = Los registros no se comparan: { $reason }
diff-input-gone = { $file }, del que procede { $folder }, ya no está
diff-input-changed = { $file }, del que procede { $folder }, ha cambiado desde entonces
diff-unshared = Columnas que solo tiene una de las ejecuciones, sin comparar: { $columns }
diff-periods = Las ejecuciones examinan períodos distintos ({ $old } y { $new }), por lo que no se comparan { $columns }
diff-no-period = ningún período
diff-period = de { $from } a { $to }
diff-file-changed = { $file } no es lo que escribió la ejecución: su resumen criptográfico no es el de run.json. Ejecútela otra vez, para comparar dos ejecuciones
diff-file-filled-in = { $file } se ha modificado desde que lo escribió la ejecución. Sus columnas para rellenar están para eso; las demás se comparan como están ahora
diff-same = Las ejecuciones dicen lo mismo.
diff-differ = Las ejecuciones difieren; --format csv tiene todas las filas.
resolution-locked = bloqueado
resolution-cancelled = cancelado
resolution-more_ordered = se pidió más
resolution-new_line = línea nueva
resolution-new_order = pedido nuevo
resolution-correction = corrección
resolution-gone = desaparecido
resolution-exception = excepción
resolution-other = otro

# How files are read
inspect-byte-order-mark = { $encoding } con marca de orden de bytes
inspect-delimiter = { $delimiter } entre celdas
inspect-header = encabezados en la fila { $row }
inspect-role = tipo: { $role }
inspect-field = { $word } ({ $name })
inspect-nested = anidada
inspect-left-alone = sin usar: { $headers }
inspect-total-rows = filas de totales omitidas: { $count }
inspect-group-rows = títulos de grupos omitidos: { $count }
inspect-missing = falta: { $field }; se espera uno de: { $headers }
inspect-proposal = ¿se refiere «{ $header }» a «{ $known }»? La columna no se usa
inspect-unused-pattern = Ningún archivo corresponde a [files.{ $pattern }] de la configuración.
inspect-passed = { $path }: { $reason }
inspect-passed-over = Omitido
inspect-nothing = No hay nada que leer.
inspect-decimal-comma = coma decimal
inspect-decimal-point = punto decimal, con separador de miles
inspect-day-first = día primero
inspect-month-first = mes primero
inspect-number-undecided = sin decidir: { $why }; indique decimal en [reading]
inspect-date-undecided = sin decidir: { $why }; indique dates en [reading]
delimiter-comma = coma
delimiter-semicolon = punto y coma
delimiter-tab = tabulador
delimiter-bar = barra vertical
lacking-order_line_id = el identificador de la línea de pedido
lacking-order = el pedido
lacking-state_of_the_order = el estado del pedido
lacking-product = el producto
lacking-ordered_quantity = la cantidad pedida
lacking-unit_of_measure = la unidad de medida
lacking-date_of_the_entry = la fecha del registro
lacking-quantity = la cantidad
lacking-line_or_contract = la línea o el contrato
lacking-unit_name = el nombre de la unidad

# What columns are read as; in brackets behind it stands the name that drawdown.toml takes
field-line_id = línea de pedido, ID externo
field-line_database_id = línea de pedido, ID de base de datos
field-line_label = línea de pedido como la muestra el ERP
field-sequence = orden en el pedido
field-display_type = sección o nota
field-down_payment = anticipo
field-description = descripción
field-ordered = cantidad pedida
field-delivered = cantidad entregada
field-delivered_method = cálculo de la cantidad entregada
field-invoiced = cantidad facturada
field-price = precio unitario
field-discount = descuento en por ciento
field-subtotal = subtotal sin impuestos
field-tracking = seguimiento
field-policy = política de facturación
field-analytic_distribution = distribución analítica
field-line_state = estado de la línea de pedido
field-order = pedido
field-order_id = pedido, ID externo
field-order_database_id = pedido, ID de base de datos
field-order_date = fecha del pedido
field-order_state = estado del pedido
field-locked = pedido bloqueado
field-order_invoice_status = estado de facturación del pedido
field-customer = cliente
field-salesperson = vendedor
field-currency = moneda
field-contract = contrato (cuenta analítica)
field-contract_name = contrato, nombre
field-contract_code = contrato, código
field-contract_id = contrato, ID externo
field-contract_database_id = contrato, ID de base de datos
field-product = producto
field-product_name = producto, nombre
field-product_id = producto, ID externo
field-product_database_id = producto, ID de base de datos
field-product_code = producto, referencia interna
field-product_template_id = plantilla de producto, ID externo
field-product_template_database_id = plantilla de producto, ID de base de datos
field-variant_id = variante de producto, ID externo
field-variant_database_id = variante de producto, ID de base de datos
field-product_type = producto, servicio o bien
field-invoice_policy = política de facturación en el ERP
field-service_policy = política de facturación de servicios en el ERP
field-service_type = seguimiento de servicios en el ERP
field-track_service = seguimiento de servicios (Odoo 10)
field-service_tracking = lo que crea un pedido (proyecto, tarea)
field-upsell_threshold = umbral de venta adicional
field-hours_per_unit = horas por unidad
field-pool = grupo de productos
field-upsell = si admite venta adicional
field-task = tarea
field-task_id = tarea, ID externo
field-task_database_id = tarea, ID de base de datos
field-project = proyecto
field-project_id = proyecto, ID externo
field-project_database_id = proyecto, ID de base de datos
field-unit = unidad de medida
field-unit_id = unidad de medida, ID externo
field-unit_database_id = unidad de medida, ID de base de datos
field-category = categoría de unidades
field-category_id = categoría de unidades, ID externo
field-category_database_id = categoría de unidades, ID de base de datos
field-unit_type = unidad de referencia, mayor o menor
field-factor = factor
field-factor_inverse = factor inverso
field-combined_ratio = ratio combinado
field-ratio = proporción
field-relative_unit = unidad relativa
field-relative_unit_id = unidad relativa, ID externo
field-relative_factor = factor relativo
field-rounding = paso de redondeo
field-active = si está activo
field-entry_id = registro, ID externo
field-entry_database_id = registro, ID de base de datos
field-date = fecha
field-employee = empleado
field-user = usuario
field-quantity = cantidad
field-approved = si está aprobado
field-billable = si es facturable
field-billable_type = modo de facturación
field-entry_type = tipo de registro
field-client = cliente en el control de horas
field-activity = actividad
field-tags = etiquetas
field-seconds = duración en segundos
field-given_name = nombre de pila
field-family_name = apellido
field-written = última modificación
field-kind = tipo de ajuste
field-reason = motivo

# How far a run is
stage-find = Buscando archivos
stage-sum = Sumando las hojas de horas
stage-settle = Calculando las líneas de pedido
stage-look = Examinando registros
stage-write = Escribiendo los informes
progress-files = { $files ->
    [one] { $stage }, { $files } archivo
   *[other] { $stage }, { $files } archivos
}
progress-bytes = { $done } de { $total }
progress-rows = { $rows } filas, { $rate } por segundo
progress-left = quedan { $left }
