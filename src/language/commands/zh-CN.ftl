# explain、diff 和 inspect 的文字：简体中文。用词与报告一致。

# Several things one after another
listed = { $before }、{ $next }
and = { $before }、{ $next }
clauses = { $before }，{ $next }
sentences = { $before }{ $next }

# The run that is explained
explain-run = 以下说明 { $folder } 中的运行；其输入文件与当时逐字节相同。
explain-run-edited = { $folder } 中的运行，其输入文件与当时逐字节相同，但其 delivered.csv 在此之后被更改过（摘要与 run.json 中的不同）。以下说明由输入文件得出的结果。
explain-run-edited-figures = { $folder } 中的运行，其输入文件与当时逐字节相同，但其 delivered.csv 在此之后被更改过（摘要与 run.json 中的不同）。以下说明由输入文件得出的结果；delivered.csv 中的数字与此不同。
explain-run-other-version = { $folder } 中的运行，其输入文件与当时相同，但其 delivered.csv 中的数字不同：它由 drawdown { $version } 写入，而现在的版本是 { $own }。
explain-run-json-edited = { $folder } 中的运行，其输入文件与当时相同，delivered.csv 也相同，但其中的数字不同：run.json 中的截至日期或配置在此之后被更改过。
explain-inputs-changed = 自 { $folder } 中的运行以来，输入文件已更改：{ $files }。以下按现在的输入文件说明。
explain-inputs-changed-figures-same = 自 { $folder } 中的运行以来，输入文件已更改：{ $files }。以下按现在的输入文件说明；下列交付数量仍与 delivered.csv 相同。
explain-inputs-changed-and-edited = 自 { $folder } 中的运行以来，输入文件已更改：{ $files }。此外，其 delivered.csv 在此之后被更改过（摘要与 run.json 中的不同）。以下按现在的输入文件说明。

# What was asked for, and what has the name
explain-title = { $asked }，截至 { $day }
explain-found-line = { $kind } { $name }：订单行 { $line }
explain-found-lines = { $kind } { $name }：{ $count } 个订单行：{ $lines }
explain-found-several = 该名称对应多个对象（{ $kinds }），以下全部说明。
explain-folder = 下列各行所在的文件位于 { $folder }
found-order = 订单
found-line = 订单行
found-contract = 合同
found-task = 任务
found-customer = 客户

# The figures of order lines
explain-share-hours = { $lines }（共用工时）
explain-ordered = 订购数量
explain-delivered = 交付数量
explain-in-erp = ERP 中
explain-in-report = 该次运行的 delivered.csv 中 { $line } 为 { $quantity }：与此处说明的数量不同。
explain-nothing-in-report = 该次运行的 delivered.csv 中 { $line } 没有数量：与此处说明的数量不同。
explain-recorded = { $line }：交付数量为订单行上记录的数量 { $quantity } { $unit }（规则 3.3）；其工时记录合计 { $entries }。
explain-not-tracked = { $line }：交付数量为订单行上记录的数量 { $quantity } { $unit }：没有对其进行跟踪（规则 3.6）。
explain-tracking-unknown = { $line }：没有说明如何得出其交付数量。
explain-not-confirmed = { $line }：订单状态为“{ $state }”，因此没有交付（规则 6.1）。
explain-from-own = { $quantity }（自身的工时记录）
explain-from-shared = { $quantity }（同名的工时记录）
explain-from-contract = { $quantity }（来自合同）
explain-made-up = { $line }：{ $parts } = { $delivered } { $unit }。
explain-without-entries = { $line }：没有工时记录，{ $delivered } { $unit }。
explain-no-quantity = { $line }：无法给出交付数量。
explain-exception = { $line } 为异常。{ $exception }
explain-reached = { $quota } { $unit }的额度于 { $day } 达到，此后一直如此（规则 6.9）。
explain-reached-by-entry = { $quota } { $unit }的额度于 { $day } 因 { $place } 达到，此后一直如此（规则 6.9）。
explain-reached-by-adjustments = { $quota } { $unit }的额度于 { $day } 因 { $places } 中的调整达到，此后一直如此（规则 6.9）。
explain-reached-made-up = 当日结束时共使用：工时记录 { $entries } + 调整 { $adjusted } = { $sum } { $unit }。
state-draft = 报价单
state-sent = 已发送报价单
state-cancelled = 已取消
state-sale = 销售订单
state-done = 已锁定

# The sums behind them
explain-of-line = 订单行 { $lines } 的工时记录（按名称或任务）
explain-of-only-line = 订单行 { $lines } 的工时记录（按名称或任务，或属于合同 { $contract }）
explain-of-lines = 名称或任务同时符合 { $lines } 的工时记录
explain-of-contract = 合同 { $contract } 的工时记录
explain-of-contract-for = 合同 { $contract } 的工时记录，用于 { $lines }
explain-drawn-down = { $entries }：按此顺序扣减，每个订单行扣至其剩余数量，超出数量计入最后一行（规则 3.5）
explain-on-first-line = { $entries }：全部计入首行（规则 3.5）
explain-rounded = 舍入到 { $step }
explain-rounded-up = 向上舍入到 { $step }
explain-not-rounded = 不舍入
explain-not-converted = { $amount }：未换算
explain-taken = { $amount }，{ $rounded }：{ $result }
explain-converted = { $amount } { $operation } = { $exact } { $unit }，{ $rounded }：{ $result }
explain-converted-by-hours = { $amount } { $operation }（1 { $unit } 为 { $hours } 小时）= { $exact } { $unit }，{ $rounded }：{ $result }
explain-together = 合计：{ $total }
explain-share = { $line } 分得 { $quantity } { $unit }（订购 { $ordered }）。

# Adjustments
explain-converted-column = 换算后
explain-converted-unit = 换算单位
explain-adjusts-line = 订单行 { $line }
explain-adjusts-contract = 合同 { $contract }
explain-adjustments = { $to } 的调整：{ $conversion }
explain-drawn = { $line }：交付 { $delivered } + 调整 { $adjusted } = 已使用额度 { $drawn } { $unit }；订购 { $ordered } − 已使用 { $drawn } = 剩余 { $remaining } { $unit }（规则 6.10）。
adjustment-opening = 期初
adjustment-goodwill = 客户优待
adjustment-write_off = 核销
adjustment-billed_elsewhere = 已另行开票

# Why the ERP may have another figure
explain-causes = ERP 中数字不同的可能原因（规则 6.8）
explain-causes-note = 所列原因是能够得出 ERP 数字的计算方法：只是吻合，并非证明。delivered.csv 列出第一个原因。
explain-arithmetic = 计算方法
explain-no-cause = drawdown 所知的原因都得不出 { $quantity }
explain-no-sums = 没有工时记录
explain-each-sum-up = 各合计换算后向上舍入到 { $step }
explain-each-entry = 每条记录换算并舍入到 { $step } 后相加
explain-as-they-stand = 不经换算直接相加
explain-all-on-first = 全部计入首行
explain-line-by-line = 逐行扣减
explain-with-excluded = 包括计入日期范围以外的记录
explain-with-left-out = 包括未审批或不可计费的记录
explain-with-duplicates = 包括重复记录
explain-with-unmatched = 包括带有其订单、合同或任务的未匹配记录
explain-without-later = 不包括之后的记录
explain-until = 截至 { $day } 的工时记录合计 { $sums }：{ $quantity } { $unit }
explain-pool-until = 共用工时中截至 { $day } 的记录合计 { $sums }，其中本订单行为 { $quantity } { $unit }
explain-fit = { $sums }，{ $how }：{ $quantity } { $unit }
explain-pool-fit = 共用工时 { $sums }，{ $how }，其中本订单行为 { $quantity } { $unit }

# Entries
explain-entries = { $entries } 条工时记录
explain-nearly = 可能归属于此但未计入的工时记录
explain-became = 去向
explain-more-entries = 另有 { $more } 条，共 { $total } 条；用 --entries 可列出更多
explain-rule = 规则 { $rule }：{ $why }。
explain-fate = { $fate }：{ $why }
explain-row = { $file }，{ $sheet }，第 { $row } 行
explain-place = { $file }，工作表“{ $sheet }”，第 { $row } 行
explain-reading = 规则 5.6：{ $place } 中的 { $written } { $unit } 是二进制浮点数的输出，读作 { $read }。
explain-more-readings = 规则 5.6：另有 { $more } 条；--format csv 可列出全部。
explain-minutes = { $minutes } 分钟
explain-seconds = { $seconds } 秒

# What became of one entry
outcome-attributed = 已归属
outcome-unmatched = 未匹配
outcome-refused = 已拒绝
outcome-excluded = 已排除
outcome-not_counted = 不计入
outcome-duplicate = 重复
outcome-rejected = 无法使用

# Why an entry counts here
explain-by-line = 记录本身注明了订单行“{ $said }”
explain-by-task = 其任务“{ $said }”属于该订单行
explain-by-contract = 其合同“{ $said }”含有该订单行
explain-by-map = [map] 或其项目说明了“{ $said }”对应的对象

# Why an entry does not count
explain-version = 同一记录有多个版本，无法确定以哪个为准
explain-changed = 已变更记录的早先版本
explain-suspected = 另一文件中有一条没有 ID 的相同记录
explain-duplicate = 同一记录也在另一行，以那一行为准
explain-later = 晚于截至日期 { $day }
explain-earlier = 早于计入的日期范围
explain-left-out = 未标记为已审批或可计费，而只计入这样的记录
explain-mismatch = { $unit } 与 { $line } 的销售单位 { $sold } 类别不符
explain-order-is = { $order } 的状态为“{ $state }”
explain-refused = { $orders }，未确认
explain-names-nothing = 没有注明归属
explain-not-mapped = [map] 中没有“{ $said }”
explain-mapped-twice = 其标签对应多个对象
explain-unknown-target = [map] 所指的对象不在任何输入文件中
explain-unknown-line = 没有订单行是“{ $said }”
explain-ambiguous-line = “{ $said }”符合多个订单行
explain-ambiguous-task = 任务“{ $said }”符合多个订单行
explain-task-without-line = 任务“{ $said }”没有订单行，记录也没有注明合同
explain-unknown-task = 输入文件中没有任务“{ $said }”
explain-unknown-contract = 没有订单使用合同“{ $said }”
explain-contract-not-tracked = 合同“{ $said }”上没有按合同跟踪的产品
explain-ambiguous-contract = 合同“{ $said }”销售多种产品，其工时无法区分（规则 3.4）
explain-ambiguous-contract-of = 合同“{ $said }”销售多种产品（{ $products }），其工时无法区分（规则 3.4）
explain-nearest = { $why }；最接近的是 { $candidate }

# Two runs beside each other
diff-runs = 两次运行
diff-folder = 文件夹
diff-old = 旧
diff-new = 新
diff-upsells-new = 新增的加售
diff-upsells-open = 仍未关闭的加售
diff-upsells-changed = 未关闭加售的其他变化
diff-upsells-resolved = 已关闭的加售
diff-lines-changed = 有变化的订单行
diff-lines-new = 新增的订单行
diff-lines-gone = 已消失的订单行
diff-totals-changed = 控制总数的变化
diff-back-dated = 补录到已报告日期的工时记录
diff-entries-changed = 已报告日期中日期或数量有变的工时记录
diff-moved = 改归其他订单行的工时记录
diff-vanished = 在涵盖其日期的新导出文件中消失的工时记录
diff-settings = 不同的设置
diff-counted = { $heading }：{ $count }
diff-counted-in-part = { $heading }：{ $count }，此处列出前 { $shown } 项
diff-delivered-before = 之前的交付数量
diff-excess-before = 之前的超出数量
diff-how = 方式
diff-also = 另有变化
diff-leads-to = 现归属
diff-led-to = 原归属
diff-empty = （空）
diff-no-line = （无订单行）
diff-total-entries = 工时记录：{ $fate }
diff-total-hours = 工时：{ $fate }
diff-further = 其他有差异的工时记录：{ $count }
diff-entries-left-out = 未比较工时记录：{ $reason }
diff-input-gone = { $folder } 所用的 { $file } 已不存在
diff-input-changed = { $folder } 所用的 { $file } 在此之后已更改
diff-unshared = 仅其中一次运行含有、因此未比较的列：{ $columns }
diff-periods = 两次运行的审查期间不同（{ $old }，{ $new }），因此未比较{ $columns }
diff-no-period = 无期间
diff-period = { $from }至{ $to }
diff-file-changed = { $file } 已不是该次运行写入的内容：其摘要与 run.json 中的不同。请重新运行，以便比较两次运行
diff-file-filled-in = { $file } 在该次运行写入之后被更改过。供填写的列本应如此；其他列按现在的内容比较
diff-same = 两次运行的结果相同。
diff-differ = 两次运行的结果不同；--format csv 可列出每一行。
resolution-locked = 已锁定
resolution-cancelled = 已取消
resolution-more_ordered = 增加订购数量
resolution-new_line = 新增订单行
resolution-new_order = 新建订单
resolution-correction = 更正
resolution-gone = 已消失
resolution-exception = 异常
resolution-other = 其他

# How files are read
inspect-byte-order-mark = 带字节顺序标记的 { $encoding }
inspect-delimiter = 单元格以{ $delimiter }分隔
inspect-header = 标题在第 { $row } 行
inspect-role = 类型：{ $role }
inspect-field = { $word }（{ $name }）
inspect-nested = 嵌套
inspect-left-alone = 未使用的列：{ $headers }
inspect-total-rows = 未计入的合计行：{ $count }
inspect-group-rows = 未计入的分组标题：{ $count }
inspect-missing = 缺少：{ $field }；应为其中之一：{ $headers }
inspect-proposal = “{ $header }”是否指“{ $known }”？该列未使用
inspect-unused-pattern = 没有文件符合配置中的 [files.{ $pattern }]。
inspect-passed = { $path }：{ $reason }
inspect-passed-over = 已略过
inspect-nothing = 没有可读取的内容。
inspect-decimal-comma = 以逗号为小数点
inspect-decimal-point = 以句点为小数点，有千位分隔
inspect-day-first = 日在前
inspect-month-first = 月在前
inspect-number-undecided = 未定：{ $why }；请在 [reading] 中设置 decimal
inspect-date-undecided = 未定：{ $why }；请在 [reading] 中设置 dates
delimiter-comma = 逗号
delimiter-semicolon = 分号
delimiter-tab = 制表符
delimiter-bar = 竖线
lacking-order_line_id = 订单行的 ID
lacking-order = 订单
lacking-state_of_the_order = 订单的状态
lacking-product = 产品
lacking-ordered_quantity = 订购数量
lacking-unit_of_measure = 计量单位
lacking-date_of_the_entry = 工时记录的日期
lacking-quantity = 数量
lacking-line_or_contract = 订单行或合同
lacking-unit_name = 计量单位的名称

# What columns are read as; in brackets behind it stands the name that drawdown.toml takes
field-line_id = 订单行外部 ID
field-line_database_id = 订单行数据库 ID
field-line_label = ERP 显示的订单行
field-sequence = 订单内顺序
field-display_type = 小节或备注
field-down_payment = 预付款
field-description = 说明
field-ordered = 订购数量
field-delivered = 交付数量
field-delivered_method = 交付数量的计算方式
field-invoiced = 已开票数量
field-price = 单价
field-discount = 折扣百分比
field-subtotal = 未税小计
field-tracking = 跟踪方式
field-policy = 开票策略
field-analytic_distribution = 分析分配
field-line_state = 订单行状态
field-order = 订单
field-order_id = 订单外部 ID
field-order_database_id = 订单数据库 ID
field-order_date = 订单日期
field-order_state = 订单状态
field-locked = 订单已锁定
field-order_invoice_status = 订单开票状态
field-customer = 客户
field-salesperson = 销售人员
field-currency = 币种
field-contract = 合同（分析账户）
field-contract_name = 合同名称
field-contract_code = 合同代码
field-contract_id = 合同外部 ID
field-contract_database_id = 合同数据库 ID
field-product = 产品
field-product_name = 产品名称
field-product_id = 产品外部 ID
field-product_database_id = 产品数据库 ID
field-product_code = 产品内部参考
field-product_template_id = 产品模板外部 ID
field-product_template_database_id = 产品模板数据库 ID
field-variant_id = 产品变体外部 ID
field-variant_database_id = 产品变体数据库 ID
field-product_type = 产品类型（服务或商品）
field-invoice_policy = ERP 中的开票策略
field-service_policy = ERP 中的服务开票策略
field-service_type = ERP 中的服务跟踪方式
field-track_service = 服务跟踪方式（Odoo 10）
field-service_tracking = 订单创建的对象（项目、任务）
field-upsell_threshold = 加售阈值
field-hours_per_unit = 每单位小时数
field-pool = 产品池
field-upsell = 是否加售
field-task = 任务
field-task_id = 任务外部 ID
field-task_database_id = 任务数据库 ID
field-project = 项目
field-project_id = 项目外部 ID
field-project_database_id = 项目数据库 ID
field-unit = 计量单位
field-unit_id = 计量单位外部 ID
field-unit_database_id = 计量单位数据库 ID
field-category = 计量单位类别
field-category_id = 计量单位类别外部 ID
field-category_database_id = 计量单位类别数据库 ID
field-unit_type = 参考、较大或较小单位
field-factor = 系数
field-factor_inverse = 反系数
field-combined_ratio = 综合比率
field-ratio = 比率
field-relative_unit = 相对单位
field-relative_unit_id = 相对单位外部 ID
field-relative_factor = 相对系数
field-rounding = 舍入步长
field-active = 是否启用
field-entry_id = 工时记录外部 ID
field-entry_database_id = 工时记录数据库 ID
field-date = 日期
field-employee = 员工
field-user = 用户
field-quantity = 数量
field-approved = 是否已审批
field-billable = 是否可计费
field-billable_type = 计费方式
field-entry_type = 记录类型
field-client = 工时工具中的委托方
field-activity = 活动
field-tags = 标签
field-seconds = 时长（秒）
field-given_name = 名
field-family_name = 姓
field-written = 上次更新日期
field-kind = 调整类别
field-reason = 原因

# How far a run is
stage-find = 正在查找文件
stage-sum = 正在汇总工时表
stage-settle = 正在结算订单行
stage-look = 正在查看工时记录
stage-write = 正在写入报告
progress-files = { $stage }，{ $files } 个文件
progress-bytes = { $done } / { $total }
progress-rows = { $rows } 行，每秒 { $rate } 行
progress-left = 剩余 { $left }
