# 关于异常的文字：简体中文。用词取自 Odoo 的简体中文界面。

# What was expected of a cell
expected-decimal = 十进制数字，如 7.5，最多 28 位
expected-decimal-with-comma = 十进制数字，如 7,5，最多 28 位
expected-date = 日期，如 2026-03-02
expected-yes-or-no = 是或否
expected-one-of = { $values }
expected-section-or-note = line_section、line_note 或空白
expected-seconds-or-duration = 整数秒，如 27000，或时长，如 7:30
expected-decimal-or-duration = 十进制数字，如 7.5，或时长，如 7:30
expected-decimal-with-comma-or-duration = 十进制数字，如 7,5，或时长，如 7:30
expected-decimal-not-below-zero = 不小于 0 的数字，如 1 或 0.9
expected-share-of-ordered = 占订购数量的比例，从 0 到 10：百分之八十写作 0.8 或 80 %
expected-name-or-id = 名称或 ID
expected-cells-of-header = 与表头相同的 { $cells } 个单元格；这是第 { $cell } 个
expected-shown-mark = 能看出小数点写法的列；{ $example }
expected-one-mark = 一列只用一种小数点写法；{ $example }
expected-shown-order = 能看出日月顺序的列；{ $example }
expected-one-order = 一列只用一种日月顺序；{ $example }
example-either = “{ $text }”可能是 { $one } 或 { $other }
example-two-numbers = “{ $text }”可能是两个不同的数字
example-two-days = “{ $text }”可能是两个不同的日期
example-both = 该列中有“{ $one }”和“{ $other }”
expected-decision-day = 日期，如 2026-04-15
expected-decision = 以下之一：{ decision-new_line }、{ decision-new_order }、{ decision-lock }、{ decision-no }、{ decision-wait }

# What was expected where nothing stands
expected-order-name = 订单名称
expected-line-id = 订单行的 ID
expected-product-name = 产品名称
expected-task-name = 任务名称
expected-adjustment-day = 调整的日期
expected-adjusted-quantity = 调整的数量
expected-line-or-contract = 要调整的订单行或合同
expected-order-of-line = 该行所属的订单
expected-ordered-quantity = 订购数量
expected-sold-product = 所售产品
expected-recorded-quantity = 手动记录的交付数量
expected-unit-of-quantities = 数量的计量单位

# What was expected of what a cell names
expected-one-line = 唯一的订单行；此文字符合多个订单行
expected-line-of-inputs = 某个输入文件中的订单行
expected-one-contract = 唯一的合同；此名称符合多个合同
expected-contract-of-inputs = 某个输入文件中订单的合同
expected-contract-of-one-pool = 只有一个产品池的合同（规则 3.4）；该合同销售多个
expected-tracked-contract = 其上有产品按合同跟踪的合同
expected-confirmed-order = 已确认的订单（状态为 sale 或 done）
expected-known-unit = { unit-Hours }、{ unit-Days }、{ unit-Weeks }、{ unit-Minutes }、计量单位文件中的单位或别名
expected-per-cent-with-sign = 带百分号的百分数，如 10 %
expected-unit-of-category = 类别为“{ $category }”的计量单位，因为订单行 { $line } 按“{ $unit }”销售
expected-product-policy = 产品的开票策略，来自某一列、产品文件或配置
expected-product-tracking = 产品的跟踪方式，来自某一列、产品文件或配置
expected-product-policy-and-tracking = 产品的开票策略和跟踪方式，来自某一列、产品文件或配置
expected-one-pool = 按合同跟踪的一个产品，或同一客户、同一币种的一个产品池
expected-counted-version = 计入的版本：{ $version }，位于 { $place }
expected-one-version = 该工时记录仅有一个版本；另一个版本是 { $version }，位于 { $place }
expected-own-entry = 单独的一条工时记录，或能将其区分的 ID；相同的一条位于 { $place }
expected-own-adjustment = 一条单独的调整；相同的一条位于 { $place }

# What was found
met-product-of-lines = { $product }（{ $lines } 个订单行）
met-entry-of-orders = { $quantity }，{ $orders }
met-draft-order = { $order }（报价单）
met-sent-order = { $order }（报价单已发送）
met-cancelled-order = { $order }（已取消）
met-version-of-entry = { $id }：{ $quantity }，{ $day }
met-quantity-of-day = { $quantity }，{ $day }
met-quantity-of-category = { $quantity }（{ $category }）

# What to do about a cell
action-correct-cell = 请更正该单元格
action-correct-cell-or-export = 请更正该单元格或导出文件
action-failed-number = 此单元格的公式出错：请更正公式，或直接填写数字
action-failed-name = 此单元格的公式出错：请更正公式，或直接填写值
action-uncalculated = 此单元格的公式尚未计算：请用电子表格程序打开工作簿并保存，或直接填写值
action-id-as-text = 工作簿中的数字只保留约 15 位，两个 ID 可能因此变成同一个：请将此列导出为文本
action-no-per-cent = 只写数字，不要百分号
action-sign-of-per-cent = .xls 或 .xlsb 工作簿不说明此数是否以百分比显示：请写上百分号，如 "10 %"，或将工作簿另存为 .xlsx
action-one-file-or-distinct = 每条调整只给出一次；若两条都有效，请用原因加以区分
action-shown-as-date = 电子表格将此单元格显示为日期：请将其格式设为数字
action-hours-as-decimal = 请将小时和分钟写成十进制数字：7:30 为 7.5
action-hours-as-decimal-with-comma = 请将小时和分钟写成十进制数字：7:30 为 7,5
action-one-number = 请更正该单元格：只写一个最多 28 位、不带指数的数字
action-has-letter = 请更正该单元格：其中有字母 { $letter }
action-has-word = 请更正该单元格：数字旁边有“{ $word }”
action-number-in-digits = 请更正该单元格：用数字书写
action-has-sign = 请更正该单元格：其中有“{ $sign }”（{ $code }）
action-has-hidden = 请更正该单元格：其中有不可见的字符（{ $code }）
action-decimal-point = 请用小数点书写数字，不用千位分隔符，如 1234.5
action-decimal-comma = 请用小数逗号书写数字，不用千位分隔符，如 1234,5
action-no-such-day = 请更正该单元格：日历中没有这一天
action-year-out-of-range = 请更正该单元格：年份须在 1900 到 2200 之间
action-format-as-date = 请将该单元格的格式设为日期，或按“年-月-日”书写日期
action-four-digit-year = 请用四位数书写年份，或按“年-月-日”书写日期：哪个数字是年份、属于哪个世纪，均不作猜测
action-year-month-day = 请按“年-月-日”书写日期
action-quote-delimiter = 请给含有分隔符的单元格加上引号，如 "7,5"
action-head-or-clear = 请为该单元格所在的列加上标题，或清空该单元格
action-say-mark = 请在 drawdown.toml 的 [reading] 中说明小数点写法：decimal = "," 或 "."
action-say-order = 请在 drawdown.toml 的 [reading] 中说明日月顺序：dates = "dmy" 或 "mdy"
action-fill-cell = 请填写该单元格
action-fill-one-cell = 请填写两个单元格之一
action-fill-or-export-name = 请填写该单元格，或导出订单名称
action-fill-or-export-id = 请导出带外部 ID 的订单行，或填写该单元格
action-fill-or-take-out = 请填写该单元格，或删去该行
action-fill-or-export-column = 请填写该单元格，或导出列“{ $column }”
action-correct-decision = 请在 { $order } 的加售旁更正，可在此处或工作簿中；在此之前按原样保留

# What to do about what a cell names
action-line-by-id = 请用 ID 注明订单行，与 delivered.csv 中相同
action-export-line-id = 请同时导出订单行的 ID（sale_line_id/id）
action-export-lines = 请重新导出订单行，并包含这一行
action-contract-as-named = 请按订单中的写法填写合同，或注明订单行
action-name-line = 请注明订单行
action-name-adjusted-line = 请注明要调整的订单行
action-confirm-or-take-out = 请确认该订单，或删去该调整
action-confirm-or-book-elsewhere = 请确认该订单，或将工时记到其他订单
action-correct-adjustment-unit = 请更正该调整的计量单位
action-correct-unit = 请更正工时记录或订单行的计量单位
action-hours-per-unit = 请更正计量单位，或说明一个单位等于多少小时；请将以下内容粘贴到 drawdown.toml：
    { "[" }products.{ $product }]
    hours_per_unit = 8 # 每单位小时数；8 仅为示例
action-unit-meant = 是否指“{ $unit }”？如果是，请在 drawdown.toml 的 [aliases] 中写入：
    { $alias } = { $name }
action-declare-unit = 请同时导出计量单位，或将以下内容粘贴到 drawdown.toml：
    { "[" }units.{ $unit }]
    category = "Working Time"
    ratio = 8 # 每单位小时数；8 仅为示例
action-paste-policy = 请同时导出产品，或将以下内容粘贴到 drawdown.toml：
    { "[" }products.{ $product }]
    policy = "ordered" # 或 "delivered"
action-paste-tracking = 请同时导出产品，或将以下内容粘贴到 drawdown.toml：
    { "[" }products.{ $product }]
    tracking = "contract" # 或 "task"、"manual"、"none"
action-paste-policy-and-tracking = 请同时导出产品，或将以下内容粘贴到 drawdown.toml：
    { "[" }products.{ $product }]
    policy = "ordered" # 或 "delivered"
    tracking = "contract" # 或 "task"、"manual"、"none"
action-split-or-track-by-task = 请拆分订单，使每个产品有自己的合同，或按任务跟踪这些产品
action-nothing-if-right = 如果计入的版本正确，则无需处理
action-ids-or-distinct = 请导出 ID；如果两者都是实际工作，请设置 overlap = "distinct"
action-write-date-or-choose = 请同时导出上次更新日期（write_date），或用 --on-conflict newest|first 选择
action-readable-write-date = 请在最后修改时间一列中把“{ $text }”按 2026-03-02 10:15:00 的格式书写；或在 drawdown.toml 的 [reading] 中说明日、月哪个在前：dates = "dmy" 或 "mdy"

# What is set up so that it goes wrong
advice-orders-locked = { $confirmed } 张已确认订单中有 { $locked } 张已锁定，因此不属于加售
advice-ignore-locks = 如果贵公司在确认时锁定所有订单，请在 drawdown.toml 中写入 locked = "ignore"
advice-piece-without-hours = { $product }（{ $lines } 个订单行）为预付并按 { $unit } 销售，但没有说明一个单位等于多少小时
advice-say-hours-of-piece = 请改为按小时销售，或将一个单位等于多少小时粘贴到 drawdown.toml：
    { "[" }products.{ $product }]
    hours_per_unit = 8 # 每单位小时数；8 仅为示例
advice-nothing-tracked = { $product }（{ $lines } 个订单行）已确认并需跟踪，但没有合同、任务和工时记录
advice-give-account-or-task = 请在 ERP 中为订单设置分析账户，或为订单行设置任务；如果无人跟踪，请在 drawdown.toml 中为该产品写入 tracking = "none"
advice-prepaid-by-delivery = { $product }（{ $lines } 个订单行）为预售但按交付数量开票，因此永远不会成为加售
advice-invoice-by-ordered = 请在 ERP 中按订购数量开票，或将以下内容粘贴到 drawdown.toml：
    { "[" }products.{ $product }]
    policy = "ordered"
advice-other-line-than-task = 任务“{ $task }”的 { $entries } 条工时记录注明了订单行 { $line }，而该任务属于订单行 { $others }
advice-line-of-order = { $line }（{ $order }）
advice-correct-entries-or-task = 工时记录计入其注明的订单行；请在 ERP 中更正工时记录，或更正任务的订单行

# Why a file or a sheet was not read
passed-lock-file = 锁定文件
passed-configuration = 配置文件
passed-other-configuration = 未生效的配置文件：只有与所指定输入位于同一文件夹的配置，或 --config 指定的配置才会生效
passed-hidden-file = 隐藏文件
passed-hidden-folder = 隐藏文件夹
passed-hidden-sheet = 隐藏的工作表
passed-not-chosen = [files] 中选择了另一个工作表
passed-earlier-output = 以前某次运行的输出
passed-link-outside = 指向文件夹之外的链接：如需读取，请直接指定该文件
passed-link-to-folder-outside = 指向文件夹之外的链接：如需读取，请直接指定该文件夹
passed-link-to-folder = 指向本文件夹中某个文件夹的链接
passed-link-to-read = 指向已读取文件的链接
passed-link-to-nowhere = 目标不存在的链接
passed-no-file = 既不是文件也不是文件夹
passed-unknown-kind = 未知的文件类型
passed-no-export = 既不是文本也不是工作簿；请重新导出，或将其移走
passed-empty-sheet = 空的工作表
passed-unknown-role = 表头不属于任何已知类型
passed-nearly = 看起来是{ $role }，但缺少{ $missing }；请更正表头，或将其移走
passed-nearly-by = 看起来是{ $role }，但缺少{ $missing }；{ $meant }
passed-header-meant = “{ $header }”是否指“{ $known }”？

# What a file is that is no export
is-utf-32 = 这是 UTF-32 文本；请另存为“CSV UTF-8”
is-pdf = 这是 PDF 文档；请将数据导出为 .xlsx 或 CSV UTF-8
is-rtf = 这是带格式的文档（RTF）；请将数据导出为 .xlsx 或 CSV UTF-8
is-7z = 这是 7z 压缩包；请先解压
is-rar = 这是 RAR 压缩包；请先解压
is-xz = 这是用 xz 压缩的文件；请先解压
is-bzip2 = 这是用 bzip2 压缩的文件；请先解压
is-tar = 这是 tar 归档；请先解包
is-nested = 这是压缩包中的压缩包；请先解压
is-sqlite = 这是数据库（SQLite）；请将数据导出为 .xlsx 或 CSV UTF-8
is-picture = 这是图片；请将数据导出为 .xlsx 或 CSV UTF-8
is-parquet = 这是 Parquet 文件，此版本的 drawdown 不能读取；可用 `cargo install --path . --features parquet` 安装能读取的版本，或将数据导出为 CSV UTF-8
is-encrypted-parquet = 这是加密的 Parquet 文件；请不加密地写出
is-old-excel = 这是 Excel 4 或更早版本的工作簿；请另存为 .xlsx
is-web-page = 无论其名称如何，这是网页（HTML）；请用电子表格程序打开，并另存为 .xlsx 或 CSV UTF-8
is-mhtml = 无论其名称如何，这是单个文件的网页（MHTML）；请用电子表格程序打开，并另存为 .xlsx 或 CSV UTF-8
is-xml-spreadsheet = 无论其名称如何，这是 Excel 2003 的 XML 表格；请打开并另存为 .xlsx
is-xml = 这是 XML 文档；请将数据导出为 .xlsx 或 CSV UTF-8
is-open-document = 这是 OpenDocument 文件，但不是电子表格；请将数据导出为 .xlsx 或 CSV UTF-8
is-protected = 该文件受密码保护；请不带密码另存
is-word = 这是 Word 文档；请将数据导出为 .xlsx 或 CSV UTF-8
is-presentation = 这是演示文稿；请将数据导出为 .xlsx 或 CSV UTF-8
is-word-or-presentation = 这是 Word 文档或演示文稿；请将数据导出为 .xlsx 或 CSV UTF-8
is-office = 这是不含工作簿的 Office 文档；请将数据导出为 .xlsx 或 CSV UTF-8
is-ole = 这是不含工作簿的 OLE 文件；请将数据导出为 .xlsx 或 CSV UTF-8
is-numbers = 这是 Apple Numbers 文档；请将其导出为 .xlsx 或 CSV UTF-8
is-compressed-by = 该文件用 { $method } 压缩，不受支持；请用 deflate 压缩

# The words around them
one-or-other = { $others } 或 { $last }
place-cell = { $file }，工作表“{ $sheet }”，{ $cell }（第 { $row } 行，列“{ $column }”）
place-sheet-row = { $file }，工作表“{ $sheet }”，第 { $row } 行
place-sheet = { $file }，工作表“{ $sheet }”
place-column = { $rows }，列“{ $column }”
sentence = { $kind }：{ $found }，位于 { $place }；应为：{ $expected }；处理办法：{ $action }
and-in-row = { $place }（第 { $row } 行也是）
and-in-rows = { $place }（第 { $rows }、{ $last } 行也是）
and-in-more-rows = { $place }（第 { $rows } 行及另外 { $more } 行也是）
row-with-text = { $row }（{ $found }）
quoted-text = “{ $text }”
nothing = 空白
kind-headline = { $kind }：{ $found }
nothing-in-column = 列“{ $column }”中为空白
blank-cell = 有空白的单元格
text-in-column = 列“{ $column }”中的{ $found }
rows-in-column = 列“{ $column }”中的 { $rows } 行
rows-found = { $rows } 行
expected-label = 应为：{ $expected }
help-label = 处理办法
warning-label = 警告
more-rows = 另有 { $rows } 行
more-exceptions = 另有 { $exceptions } 个异常，属于另外 { $groups } 种类别或列；{ $all } 可列出全部
advice-sentence = 建议：{ $found }；处理办法：{ $action }
advice-sentence-at = 建议：{ $place }：{ $found }；处理办法：{ $action }
more-advice = 另有 { $more } 条建议；--format json 可列出全部
warning-sentence = 警告：{ $warning }
other-orders = { $folder } 中的上次运行与这些输入文件没有相同的订单；其历史记录仍已沿用，用 --since none 可重新开始
