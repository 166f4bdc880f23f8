# Lo que se lee en los informes, en español; los términos son los de Odoo.

# The summary
title = drawdown: cantidades entregadas y ventas adicionales
as-of = Fecha de corte
as-of-day = A fecha de { $day }
from = Desde
to = Hasta
ignored-before = Sin contar antes del
after-as-of = Registros posteriores a la fecha de corte
unreadable-rows = Filas de hojas de horas ilegibles, horas desconocidas
not-approved-hours = Horas marcadas como no aprobadas, no omitidas
not-billable-hours = Horas marcadas como no facturables, no omitidas
lines-passed-over = Secciones, notas y anticipos omitidos
total-rows = Filas de totales omitidas
group-rows = Títulos de grupos omitidos
run = Ejecución
inputs = Archivos leídos
role = Tipo
rows = Filas
control-totals = Totales de control (cuadran exactamente)
adjustments = Ajustes
lines-by-status = Líneas de pedido por estado
differences-by-cause = Cantidades entregadas distintas del ERP, por causa
no-upsell = Venta adicional: ningún cupo está agotado
all-snoozed = Venta adicional: todo está pospuesto
overrun-by-currency = Valor del exceso, por moneda
overrun-of-upsells = Ventas adicionales
overrun-of-others = Otras líneas
no-currency = sin moneda
exceptions-by-kind = Excepciones por tipo
first = Primera
reports-are-in = Los informes están en { $folder }
passed-over = omitido: { $path }: { $reason }
page = Página { $page } de { $pages }

# Warnings
not-read = no leído: { $path }: { $reason }
locks-mean-nothing = { $locked } de { $confirmed } pedidos confirmados están bloqueados, por lo que la lista de ventas adicionales no los incluye; si su empresa bloquea todos los pedidos, indique locked = "ignore"
locks-forgotten = el delivered.csv de la ejecución anterior ya no es el que esta escribió, por lo que ya no se sabe desde cuándo están bloqueados los pedidos; late.csv los indica como on_locked
no-timesheets = no hay hojas de horas entre los archivos, por lo que ninguna cantidad entregada pudo obtenerse de ellas; expórtelas e indique el archivo
no-entries = las hojas de horas no contienen registros; ¿se exportó con un filtro?
none-attributed = { $read ->
        [one] el único registro no pudo asignarse
       *[other] ninguno de los { $read } registros pudo asignarse
    }; { $hint }
many-unmatched = { $unmatched } de { $read } registros están sin asignar; { $hint }
kinds-of-ids = los registros de { $one } y { $other } no llevan identificadores del mismo tipo: un registro que esté en ambos cuenta dos veces, { $rows ->
        [0] pero ninguna fila de los dos parece la misma
        [one] y 1 fila puede estar en ese caso ({ $hours } h), con el mismo día, empleado, cantidad, unidad, referencias y descripción
       *[other] y { $rows } filas pueden estar en ese caso ({ $hours } h), con el mismo día, empleado, cantidad, unidad, referencias y descripción
    }; exporte el ID externo de los registros en los dos
undrafted = orders_draft.csv no tiene línea nueva para { $orders }: un pedido existente se encuentra por su ID externo; expórtelo con los pedidos, o order_id/id con sus líneas
unused-patterns = ningún archivo corresponde a [files] de drawdown.toml: { $patterns }; ¿está el patrón escrito como el nombre del archivo?
shadowed-patterns = un patrón anterior de [files] en drawdown.toml toma todos los archivos de estos, cada uno con aquel: { $patterns }; cuenta el primero que encaja con un archivo
unused-products = ninguna línea de pedido vende lo que describe [products] en drawdown.toml: { $products }; ¿está el nombre escrito como en la exportación?
hint-excluded = la mayoría está fuera de los días que cuentan; revise --as-of
hint-not-counted = la mayoría no cuenta: approved o billable en [count] de drawdown.toml es "only", y no están marcadas así
hint-rejected = la mayoría de las filas no se pudo leer; las excepciones dicen por qué
hint-refused = la mayoría pertenece a pedidos sin confirmar; las excepciones los nombran
hint-no-reference = la mayoría no indica línea de pedido, tarea ni contrato; exporte también esas columnas
hint-not-mapped = indique en [map] de drawdown.toml a qué contratos corresponden sus proyectos
hint-unknown-target = ningún archivo tiene lo que [map] de drawdown.toml les asigna; una ejecución los enumera en unmatched.csv
hint-unknown-line = las líneas de pedido que indican no están en ningún archivo; exporte todas las líneas de pedido
hint-unknown-task = sus tareas no están en ningún archivo; exporte las tareas o las líneas de pedido de los registros
hint-unknown-contract = ningún pedido tiene su contrato; exporte las cuentas analíticas de los pedidos
hint-contract-not-tracked = ningún producto de sus contratos se sigue por contrato
hint-task-without-line = sus tareas no tienen línea de pedido
hint-see-unmatched = una ejecución da el motivo de cada uno en unmatched.csv

# What the workbook says to those who fill it in
choose-title = Decisión
choose-note = Qué hay que hacer. La próxima ejecución lo conserva en esta fila.
choose-other = Otra decisión
snooze-title = Posponer hasta
snooze-note = Una fecha. Hasta entonces la venta adicional figura en la hoja { $sheet }.
snooze-other = No es una fecha
kept-as-written = drawdown lo conserva tal como lo escribe y lo señala como excepción.

# Sheets of the workbook
sheet-summary = Resumen
sheet-delivered = Entregado
sheet-upsell = Venta adicional
sheet-snoozed = Pospuesto
sheet-near = Por agotarse
sheet-idle = Inactivo
sheet-customers = Clientes
sheet-invoicing = Facturación
sheet-late = Registros tardíos
sheet-without_contract = Sin contrato
sheet-given_away = Regalado
sheet-exceptions = Excepciones
sheet-unmatched = Sin asignar

# Statuses of order lines
status-not_confirmed = sin confirmar
status-cancelled = cancelada
status-not_tracked = sin seguimiento
status-exception = excepción
status-locked = bloqueada
status-upsell = venta adicional
status-near = por agotarse
status-ok = correcta

# Why the ERP has another delivered quantity
cause-rounded_up = redondeado hacia arriba
cause-rounded_each_entry = cada registro redondeado
cause-not_converted = unidades sin convertir
cause-first_line = todo en la primera línea
cause-excluded_counted = registros excluidos contados
cause-left_out_counted = registros no contados añadidos
cause-duplicates_counted = duplicados contados
cause-unmatched_counted = registros sin asignar contados
cause-entries_missing = faltan registros
cause-unexplained = sin explicación

# How delivered quantities are found
tracking-contract = contrato
tracking-task = tarea
tracking-manual = manual
tracking-none = ninguno

# What is invoiced
policy-ordered = cantidades pedidas
policy-delivered = cantidades entregadas

# Invoice statuses
invoicing-no = nada que facturar
invoicing-to_invoice = a facturar
invoicing-upselling = oportunidad de venta adicional
invoicing-invoiced = completamente facturado

# Why an entry is where it is
reason-no_reference = sin referencia
reason-not_mapped = sin correspondencia
reason-ambiguous_map = correspondencia ambigua
reason-unknown_target = destino desconocido
reason-unknown_line = línea de pedido desconocida
reason-ambiguous_line = línea de pedido ambigua
reason-ambiguous_task = tarea ambigua
reason-task_without_line = tarea sin línea de pedido
reason-unknown_task = tarea desconocida
reason-unknown_contract = contrato desconocido
reason-contract_not_tracked = contrato sin seguimiento
reason-ambiguous_contract = contrato ambiguo
reason-order_not_confirmed = pedido sin confirmar
reason-after_renewal = tras la renovación
reason-after_lock = tras el bloqueo
reason-on_locked = en un pedido bloqueado

# What is odd about invoices
finding-worked_before_invoiced = trabajado antes de facturar
finding-not_invoiced = sin facturar
finding-invoiced_too_much = facturado de más
finding-status_differs = estado distinto

# Decisions about upsells
decision-new_line = línea nueva
decision-new_order = pedido nuevo
decision-lock = bloquear
decision-no = no
decision-wait = esperar

# Whether something holds
answer-yes = sí

# Where given-away work was found
source-entries = registros
source-adjustments = ajustes

# Roles of inputs
role-order_lines = líneas de pedido
role-orders = pedidos
role-products = productos
role-tasks = tareas
role-projects = proyectos
role-units = unidades de medida
role-unit_categories = categorías de unidades de medida
role-timesheets = hojas de horas
role-adjustments = ajustes

# Fates of rows
fate-read = leídos
fate-attributed = asignados
fate-unmatched = sin asignar
fate-refused = rechazados
fate-excluded = excluidos
fate-duplicates = duplicados
fate-rejected = inutilizables
fate-not_counted = no contados
fate-counted = contados

# Kinds of exceptions
exception-missing_value = falta un valor
exception-not_a_number = no es un número
exception-not_a_date = no es una fecha
exception-ambiguous_number = número ambiguo
exception-ambiguous_date = fecha ambigua
exception-unknown_value = valor desconocido
exception-ragged_row = fila demasiado larga
exception-unknown_unit = unidad de medida desconocida
exception-category_mismatch = categoría de unidad distinta
exception-unknown_order_line = línea de pedido desconocida
exception-unknown_contract = contrato desconocido
exception-unknown_tracking = seguimiento desconocido
exception-unknown_policy = política de facturación desconocida
exception-ambiguous_contract = contrato ambiguo
exception-order_not_confirmed = pedido sin confirmar
exception-entry_changed = registro modificado
exception-entry_conflict = registros contradictorios
exception-suspected_duplicate = posible duplicado

# Units of measure, and their categories, that no file names
unit-Hours = Horas
unit-Days = Días
unit-Weeks = Semanas
unit-Minutes = Minutos
unit-Units = Unidades
category-Working_Time = Tiempo de trabajo
category-Unit = Unidad

# Headings of columns
column-order = Pedido
column-line = Línea
column-customer = Cliente
column-product = Producto
column-contract = Contrato
column-task = Tarea
column-tracking = Seguimiento
column-policy = Política de facturación
column-ordered = Cantidad pedida
column-unit = Unidad
column-delivered = Cantidad entregada
column-exported = Cantidad entregada en el ERP
column-difference = Diferencia
column-remaining = Restante
column-used = Consumido
column-hours = Horas
column-entries = Registros
column-first_date = Primer registro
column-last_date = Último registro
column-consumed_value = Valor consumido
column-overrun_value = Valor del exceso
column-currency = Moneda
column-status = Estado
column-invoice_status = Estado de facturación
column-cause = Causa
column-adjusted = Ajustado
column-proposed = Propuesto
column-period_hours = Horas del período
column-hours_before = Horas anteriores
column-invoiced = Cantidad facturada
column-to_invoice = Cantidad a facturar
column-to_invoice_value = Valor a facturar
column-order_invoice_status = Estado de facturación del pedido
column-last_open = Visto abierto por última vez el
column-first_locked = Bloqueado a más tardar el
column-lines = Líneas
column-salesperson = Comercial
column-excess = Exceso
column-reached_on = Alcanzado el
column-days_since = Días desde entonces
column-customer_remaining = Otras horas del cliente
column-covered_by = Cubierto por
column-first_seen = Visto por primera vez
column-runs_open = Ejecuciones desde que se abrió
column-change = Variación
column-owner = Responsable
column-decision = Decisión
column-comment = Comentario
column-snooze_until = Posponer hasta
column-snoozed = Pospuesto
column-file = Archivo
column-sheet = Hoja
column-row = Fila
column-column = Columna
column-kind = Tipo
column-rule = Regla
column-found = Encontrado
column-expected = Esperado
column-action = Qué hacer
column-entry = Registro
column-date = Fecha
column-employee = Empleado
column-quantity = Cantidad
column-reason = Motivo
column-candidate = Candidato más cercano
column-description = Descripción
column-client = Cliente
column-project = Proyecto
column-activity = Actividad
column-tags = Etiquetas
column-category = Categoría
column-sold = Vendido, prepagado
column-overrun = Exceso
column-by_delivery = Facturado por entrega
column-remaining_value = Valor restante
column-without_price = Líneas sin precio
column-exceptions = Líneas en excepción
column-exceptions_ordered = Pedido en ellas
column-month = Mes
column-source = Origen
column-value = Valor
column-orders = Pedidos
column-order_date = Fecha de pedido
column-weeks_idle = Semanas inactivas
column-finding = Hallazgo
column-exported_status = Estado de facturación en el ERP
column-renewed_by = Renovado por
column-renewed_on = Renovado el
column-late-remaining = Resto del pedido
column-remaining_unit = Unidad del resto
column-used_per_week = Consumido por semana
column-runs_out_on = Se agota el
column-days_left = Días restantes
column-begun_on = Comenzado el
column-used_per_week_since = Consumido por semana desde entonces
column-runs_out_since = Se agota a ese ritmo el
column-price = Precio
column-worth = Importe estimado
column-priced_by = Precio del pedido
column-priced_by_line = Precio de la línea

# Counted
more-not-read = { $more ->
    [one] no leído: y 1 más, abajo
   *[other] no leídos: y { $more } más, abajo
}
unsold-products = { $products ->
    [one] nada indica cómo se factura o se sigue { $products } producto; pegue las líneas de TOML que las excepciones dan para cada uno
   *[other] nada indica cómo se facturan o se siguen { $products } productos; pegue las líneas de TOML que las excepciones dan para cada uno
}
unsold-products-without-file = { $products ->
    [one] nada indica cómo se factura o se sigue { $products } producto; exporte también los productos, o pegue las líneas de TOML que las excepciones dan para cada uno
   *[other] nada indica cómo se facturan o se siguen { $products } productos; exporte también los productos, o pegue las líneas de TOML que las excepciones dan para cada uno
}
upsells = { $quotas ->
    [one] Venta adicional: { $quotas } cupo ha alcanzado su umbral
   *[other] Venta adicional: { $quotas } cupos han alcanzado su umbral
}
upsells-in-part = Venta adicional: { $quotas } cupos han alcanzado su umbral, aquí los { $shown } primeros
set-aside = Pospuesto: { $quotas }
set-aside-in-part = Pospuesto: { $quotas }, aquí los { $shown } primeros

# What a check ends with
rows-cannot-be-used = Hay filas que no se pueden usar.
every-read-row-can-be-used = Todas las filas leídas se pueden usar.
every-row-can-be-used = Todas las filas se pueden usar.
rows-are-exceptions = { $rows ->
    [one] Hay { $rows } excepción.
   *[other] Hay { $rows } excepciones.
}

# A run on one screen
prepaid-hours = Horas prepagadas a fecha de { $day }
totals-agree = Los totales de control cuadran: { $entries ->
    [one] { $entries } registro leído
   *[other] { $entries } registros leídos
}, { $hours } horas.
more-warnings = y { $more } más; vea run.json
full-report = Informe completo: { $place }
beside-this-file = { $name }, junto a este archivo
upsells-in-all = Ventas adicionales: { $upsells }
upsells-of-currencies = Ventas adicionales: { $upsells }, en { $currencies } monedas, aquí las { $shown } primeras
in-all = En total
new = Nuevo
used-up = Agotado
used-up-in-part = Agotado, los { $shown } primeros de { $all }
nearly-used-up = Por agotarse
nearly-used-up-in-part = Por agotarse, los { $shown } primeros de { $all }
to-look-at = Por revisar
unmatched-entries = Registros sin asignar
refused-entries = Registros rechazados
rejected-entries = Registros inutilizables
left = Resto

# Charts, entries and runs in the workbook
total = Total
weekly-hours = Horas por semana
hours-per-week = Horas por semana, por estado, en las últimas { $weeks } semanas
largest-overruns = Mayores excesos, { $currency }
entries-in-part = Como máximo los últimos { $most } registros de cada venta adicional, de { $shown } de { $all }; explain los muestra todos.
rows-in-part = … las primeras { $shown } de { $all } filas; todas están en { $file }.
sheet-entries = Registros
sheet-weeks = Semanas
sheet-runs = Ejecuciones
column-as_of = Fecha de corte
column-unmatched = Sin asignar
column-runs-exceptions = Excepciones
column-upsells = Ventas adicionales
# The page
page-title = Cantidades entregadas y ventas adicionales
page-skip = Ir a las listas
page-dark = Oscuro
page-print = Imprimir
page-overview = Cifras principales
page-read-first = Leer primero
page-fate = Qué fue de ellos
page-agree = Cuadran exactamente
page-search-label = Buscar y filtrar en las listas
page-search = Buscar pedidos, clientes, productos …
page-any-customer = Todos los clientes
page-any-salesperson = Todos los comerciales
page-any-status = Todos los estados
page-clear = Borrar
page-lists = Listas
page-no-script = Abajo están las primeras filas de cada lista. Donde se permiten scripts, las listas se pueden buscar, ordenar y hojear; los archivos CSV tienen todas las filas.
page-order-by = Ordenar por
page-previous = Anterior
page-next = Siguiente
page-about = Hecho por drawdown solo con archivos exportados. Cada cifra es exacta; → marca dónde se redondea una suma, una vez, al paso de su unidad. Esta página contiene todo lo que muestra y no pide nada a la red.
page-to-talk-about = Por tratar
page-past-warning = Por encima del nivel de aviso
page-runs-out-soon = Se agotan pronto
page-course = Evolución
page-quota = cupo agotado
page-by-hand = registrada a mano en la línea (regla 3.3)
page-nothing-past = nada por encima del cupo
page-adjusted = { $quantity } ajustado
page-labelled = { $label }: { $text }
page-nothing-fits = Nada coincide con la búsqueda y la selección.
page-shown = { $from }–{ $to } de { $all }
page-found = { $found } de { $all } filas coinciden
page-empty = Aquí no hay nada.
page-first-of = Las primeras { $shown } de { $all }; { $name }.csv las tiene todas.
page-pages-of = Páginas de { $list }
page-over = { $amount } de más
page-left = quedan { $amount }
page-ordered = { $amount } pedido
page-reached = agotado el { $day }
page-days-ago = { $day }, { $days ->
    [0] el día de este informe
    [one] hace 1 día
   *[other] hace { $days } días
}
page-rate-of-weeks = { $rate } por semana, la media de las últimas semanas
page-rate-since = { $rate } por semana desde su comienzo el { $day }; { $mean } de media en las últimas semanas
page-further = { $parts } más
page-of-entries = { $what } ({ $entries ->
    [one] { $entries } registro
   *[other] { $entries } registros
})
page-of-which-snoozed = de ellos { $snoozed } pospuestos
page-chart-title = Lo que quedaba de { $order }, { $customer }
page-chart-description = { $ordered } pedidos, consumidos desde el { $first }; { $end } el { $last }.
page-chart-description-reached = { $ordered } pedidos, consumidos desde el { $first }; agotados el { $reached }; { $end } el { $last }.
page-of-upsell = Cupos agotados: clientes con quienes hablar, por moneda y mayor exceso. Abra una cifra para ver su cálculo.
page-of-snoozed = Ventas adicionales que alguien ha pospuesto hasta otro día.
page-of-near = Cupos por encima del nivel de aviso y los que se agotan pronto al ritmo de las últimas semanas, o desde que comenzó un contrato reciente.
page-of-idle = Contratos prepagados con saldo en los que nadie ha trabajado desde hace un tiempo.
page-of-unmatched = Registros de hojas de horas que no llevan a ninguna línea de pedido, con el candidato más cercano.
page-of-exceptions = Filas inutilizables: qué se encontró, qué se esperaba, qué hacer.
page-of-delivered = Cada línea de pedido con sus cifras.
