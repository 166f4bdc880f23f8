# 报告中供人阅读的文字：简体中文。用词取自 Odoo 的简体中文界面。

# The summary
title = drawdown：交付数量与加售
as-of = 截至日期
as-of-day = 截至 { $day }
from = 起始日期
to = 结束日期
ignored-before = 此日期之前不计
after-as-of = 截至日期之后的工时记录
unreadable-rows = 无法读取的工时表行（工时未知）
not-approved-hours = 标记为未审批但未剔除的工时
not-billable-hours = 标记为不可计费但未剔除的工时
lines-passed-over = 已略过的小节、备注和预付款行
total-rows = 未计入的合计行
group-rows = 未计入的分组标题
run = 本次运行
inputs = 输入文件
role = 类型
rows = 行数
control-totals = 控制总数（完全相符）
adjustments = 调整
lines-by-status = 按状态统计的订单行
differences-by-cause = 交付数量与 ERP 不一致（按原因）
no-upsell = 加售：没有额度用完
all-snoozed = 加售：全部已暂缓
overrun-by-currency = 超额金额（按币种）
overrun-of-upsells = 加售
overrun-of-others = 其他订单行
no-currency = 无币种
exceptions-by-kind = 按类别统计的异常
first = 首个位置
reports-are-in = 报告已写入 { $folder }
passed-over = 已略过：{ $path }：{ $reason }
page = 第 { $page } 页，共 { $pages } 页

# Warnings
not-read = 未读取：{ $path }：{ $reason }
locks-mean-nothing = { $confirmed } 张已确认订单中有 { $locked } 张已锁定，因此不列入加售清单；如果贵公司会锁定所有订单，请设置 locked = "ignore"
locks-forgotten = 上次运行的 delivered.csv 已不是当时写入的内容，因此无法再得知订单自何时起锁定；late.csv 将其标为 on_locked
no-timesheets = 输入文件中没有工时表，因此无法据此计算交付数量；请导出工时表并指定该文件
no-entries = 工时表中没有任何记录；导出时是否使用了筛选？
none-attributed = { $read } 条工时记录均无法归属；{ $hint }
many-unmatched = { $read } 条工时记录中有 { $unmatched } 条未匹配；{ $hint }
kinds-of-ids = { $one } 与 { $other } 中的工时记录所带的 ID 类型不同：同时出现在两个文件中的记录会被计算两次，{ $rows ->
        [0] 但两个文件中没有看起来相同的行
       *[other] 其中可能有 { $rows } 行（{ $hours } 小时）属于这种情况（日期、员工、数量、单位、关联和说明均相同）
    }；请在两个文件中都导出记录的外部 ID
undrafted = orders_draft.csv 中没有 { $orders } 的新订单行：已有订单需按其外部 ID 查找；请导出带外部 ID 的订单，或其订单行的 order_id/id
unused-patterns = drawdown.toml 的 [files] 中有模式未匹配到任何输入文件：{ $patterns }；模式是否与文件名写法一致？
shadowed-patterns = drawdown.toml 中 [files] 靠前的模式已包含以下模式的全部文件（括号内为该模式）：{ $patterns }；以最先匹配的为准
unused-products = 没有订单行销售 drawdown.toml 的 [products] 中描述的产品：{ $products }；名称是否与导出文件一致？
hint-excluded = 大多数不在计入的日期范围内；请检查 --as-of
hint-not-counted = 大多数未计入：drawdown.toml 中 [count] 的 approved 或 billable 为 "only"，而这些记录没有这样的标记
hint-rejected = 大多数行无法读取；原因见异常
hint-refused = 大多数属于未确认的订单；异常中已列出
hint-no-reference = 大多数未注明订单行、任务或合同；请同时导出这些列
hint-not-mapped = 请在 drawdown.toml 的 [map] 中说明其项目对应哪些合同
hint-unknown-target = 输入文件中没有 drawdown.toml 的 [map] 所指的对象；对账运行会在 unmatched.csv 中列出
hint-unknown-line = 其注明的订单行不在任何输入文件中；请导出所有订单行
hint-unknown-task = 其任务不在任何输入文件中；请导出任务，或工时记录的订单行
hint-unknown-contract = 没有订单使用其合同；请导出订单的分析账户
hint-contract-not-tracked = 其合同上没有按合同跟踪的产品
hint-task-without-line = 其任务没有订单行
hint-see-unmatched = 对账运行会在 unmatched.csv 中给出各条原因

# What the workbook says to those who fill it in
choose-title = 决定
choose-note = 如何处理。下次运行后仍保留在本行。
choose-other = 其他决定
snooze-title = 暂缓至
snooze-note = 填写日期。在此之前该加售列在工作表“{ $sheet }”中。
snooze-other = 不是日期
kept-as-written = drawdown 会按您填写的内容保留，并列为异常。

# Sheets of the workbook
sheet-summary = 汇总
sheet-delivered = 交付
sheet-upsell = 加售
sheet-snoozed = 已暂缓
sheet-near = 即将用完
sheet-idle = 闲置合同
sheet-customers = 客户
sheet-invoicing = 开票
sheet-late = 迟录工时
sheet-without_contract = 无合同
sheet-given_away = 赠送工时
sheet-exceptions = 异常
sheet-unmatched = 未匹配

# Statuses of order lines
status-not_confirmed = 未确认
status-cancelled = 已取消
status-not_tracked = 不跟踪
status-exception = 异常
status-locked = 已锁定
status-upsell = 加售
status-near = 即将用完
status-ok = 正常

# Why the ERP has another delivered quantity
cause-rounded_up = 向上舍入
cause-rounded_each_entry = 逐条舍入
cause-not_converted = 未换算单位
cause-first_line = 全部计入首行
cause-excluded_counted = 计入了排除的记录
cause-left_out_counted = 计入了未审批或不可计费的记录
cause-duplicates_counted = 计入了重复记录
cause-unmatched_counted = 计入了未匹配记录
cause-entries_missing = 缺少工时记录
cause-unexplained = 原因不明

# How delivered quantities are found
tracking-contract = 合同
tracking-task = 任务
tracking-manual = 手动
tracking-none = 不跟踪

# What is invoiced
policy-ordered = 订购数量
policy-delivered = 交付数量

# Invoice statuses
invoicing-no = 没有待开票项目
invoicing-to_invoice = 待开票
invoicing-upselling = 加售商机
invoicing-invoiced = 已全额开票

# Why an entry is where it is
reason-no_reference = 没有注明归属
reason-not_mapped = 未设置对应关系
reason-ambiguous_map = 对应关系有歧义
reason-unknown_target = 对应的对象不存在
reason-unknown_line = 未知订单行
reason-ambiguous_line = 订单行有歧义
reason-ambiguous_task = 任务有歧义
reason-task_without_line = 任务没有订单行
reason-unknown_task = 未知任务
reason-unknown_contract = 未知合同
reason-contract_not_tracked = 合同不跟踪
reason-ambiguous_contract = 合同有歧义
reason-order_not_confirmed = 订单未确认
reason-after_renewal = 续约之后
reason-after_lock = 锁定之后
reason-on_locked = 订单已锁定

# What is odd about invoices
finding-worked_before_invoiced = 开票前已工作
finding-not_invoiced = 未开票
finding-invoiced_too_much = 多开票
finding-status_differs = 状态不一致

# Decisions about upsells
decision-new_line = 新增订单行
decision-new_order = 新建订单
decision-lock = 锁定
decision-no = 不处理
decision-wait = 等待

# Whether something holds
answer-yes = 是

# Where given-away work was found
source-entries = 工时记录
source-adjustments = 调整

# Roles of inputs
role-order_lines = 订单行
role-orders = 订单
role-products = 产品
role-tasks = 任务
role-projects = 项目
role-units = 计量单位
role-unit_categories = 计量单位类别
role-timesheets = 工时表
role-adjustments = 调整

# Fates of rows
fate-read = 已读取
fate-attributed = 已归属
fate-unmatched = 未匹配
fate-refused = 已拒绝
fate-excluded = 已排除
fate-duplicates = 重复
fate-rejected = 无法使用
fate-not_counted = 不计入
fate-counted = 已计入

# Kinds of exceptions
exception-missing_value = 缺少值
exception-not_a_number = 不是数字
exception-not_a_date = 不是日期
exception-ambiguous_number = 数字有歧义
exception-ambiguous_date = 日期有歧义
exception-unknown_value = 未知的值
exception-ragged_row = 列数不符
exception-unknown_unit = 未知计量单位
exception-category_mismatch = 计量单位类别不符
exception-unknown_order_line = 未知订单行
exception-unknown_contract = 未知合同
exception-unknown_tracking = 跟踪方式未知
exception-unknown_policy = 开票策略未知
exception-ambiguous_contract = 合同有歧义
exception-order_not_confirmed = 订单未确认
exception-entry_changed = 工时记录已变更
exception-entry_conflict = 工时记录冲突
exception-suspected_duplicate = 疑似重复

# Units of measure, and their categories, that no file names
unit-Hours = 小时
unit-Days = 天
unit-Weeks = 周
unit-Minutes = 分钟
unit-Units = 件
category-Working_Time = 工作时间
category-Unit = 件数

# Headings of columns
column-order = 订单
column-line = 订单行
column-customer = 客户
column-product = 产品
column-contract = 合同
column-task = 任务
column-tracking = 跟踪方式
column-policy = 开票策略
column-ordered = 订购数量
column-unit = 计量单位
column-delivered = 交付数量
column-exported = ERP 中的交付数量
column-difference = 差异
column-remaining = 剩余
column-used = 已用
column-hours = 工时
column-entries = 工时记录
column-first_date = 首次记录
column-last_date = 最后记录
column-consumed_value = 已消耗金额
column-overrun_value = 超额金额
column-currency = 币种
column-status = 状态
column-invoice_status = 开票状态
column-cause = 原因
column-adjusted = 调整数量
column-proposed = 建议数量
column-period_hours = 期间工时
column-hours_before = 期间之前工时
column-invoiced = 已开票数量
column-to_invoice = 待开票数量
column-to_invoice_value = 待开票金额
column-order_invoice_status = 订单开票状态
column-last_open = 最后未锁定日期
column-first_locked = 最迟锁定日期
column-lines = 订单行
column-salesperson = 销售人员
column-excess = 超出数量
column-reached_on = 达到日期
column-days_since = 已过天数
column-customer_remaining = 客户其他合同剩余工时
column-covered_by = 可承接的订单
column-first_seen = 首次发现
column-runs_open = 未关闭的运行次数
column-change = 变化
column-owner = 负责人
column-decision = 决定
column-comment = 备注
column-snooze_until = 暂缓至
column-snoozed = 已暂缓
column-file = 文件
column-sheet = 工作表
column-row = 行号
column-column = 列
column-kind = 类别
column-rule = 规则
column-found = 实际内容
column-expected = 应为
column-action = 处理办法
column-entry = 工时记录
column-date = 日期
column-employee = 员工
column-quantity = 数量
column-reason = 原因
column-candidate = 最接近的候选
column-description = 说明
column-client = 委托方
column-project = 项目
column-activity = 活动
column-tags = 标签
column-category = 类别
column-sold = 已售（预付）
column-overrun = 超额
column-by_delivery = 按交付开票
column-remaining_value = 剩余金额
column-without_price = 无单价的订单行
column-exceptions = 异常订单行
column-exceptions_ordered = 异常行订购数量
column-month = 月份
column-source = 来源
column-value = 金额
column-orders = 订单
column-order_date = 订单日期
column-weeks_idle = 闲置周数
column-finding = 发现
column-exported_status = ERP 中的开票状态
column-renewed_by = 续约订单
column-renewed_on = 续约日期
column-late-remaining = 订单剩余
column-remaining_unit = 剩余的计量单位
column-used_per_week = 每周用量
column-runs_out_on = 预计用完日期
column-days_left = 剩余天数
column-begun_on = 开始日期
column-used_per_week_since = 开始以来每周用量
column-runs_out_since = 按此预计用完日期
column-price = 单价
column-worth = 价值
column-priced_by = 定价订单
column-priced_by_line = 定价订单行

# Counted
more-not-read = 未读取：另有 { $more } 个文件，见下文
unsold-products = 没有说明 { $products } 个产品如何开票或跟踪；请粘贴异常中为每个产品给出的 TOML 行
unsold-products-without-file = 没有说明 { $products } 个产品如何开票或跟踪；请同时导出产品，或粘贴异常中为每个产品给出的 TOML 行
upsells = 加售：{ $quotas } 个额度已达到阈值
upsells-in-part = 加售：{ $quotas } 个额度已达到阈值，此处列出前 { $shown } 个
set-aside = 已暂缓：{ $quotas } 个
set-aside-in-part = 已暂缓：{ $quotas } 个，此处列出前 { $shown } 个

# What a check ends with
rows-cannot-be-used = 有无法使用的行。
every-read-row-can-be-used = 已读取的各行均可使用。
every-row-can-be-used = 各行均可使用。
rows-are-exceptions = 共有 { $rows } 项异常。

# A run on one screen
prepaid-hours = 预付工时，截至 { $day }
totals-agree = 控制总数相符：已读取 { $entries } 条工时记录，共 { $hours } 小时。
more-warnings = 另有 { $more } 条警告，见 run.json
full-report = 完整报告：{ $place }
beside-this-file = { $name }（与本文件同一文件夹）
upsells-in-all = 加售：{ $upsells }
upsells-of-currencies = 加售：{ $upsells }，共 { $currencies } 种币种，此处列出前 { $shown } 种
in-all = 合计
new = 新增
used-up = 已用完
used-up-in-part = 已用完，{ $all } 项中的前 { $shown } 项
nearly-used-up = 即将用完
nearly-used-up-in-part = 即将用完，{ $all } 项中的前 { $shown } 项
to-look-at = 需要查看
unmatched-entries = 未匹配的工时记录
refused-entries = 已拒绝的工时记录
rejected-entries = 无法使用的工时记录
left = 剩余

# Charts, entries and runs in the workbook
total = 合计
weekly-hours = 每周工时
hours-per-week = 最近 { $weeks } 周的每周工时（按状态）
largest-overruns = 最大超额（{ $currency }）
entries-in-part = 每项加售最多列出最近 { $most } 条工时记录，共 { $all } 项加售中的 { $shown } 项；用 explain 命令可列出全部。
rows-in-part = … 仅列出前 { $shown } 行，共 { $all } 行；全部见 { $file }。
sheet-entries = 工时记录
sheet-weeks = 每周工时
sheet-runs = 历次运行
column-as_of = 截至日期
column-unmatched = 未匹配
column-runs-exceptions = 异常
column-upsells = 加售
# The page
page-title = 交付数量与加售
page-skip = 跳到列表
page-dark = 深色
page-print = 打印
page-overview = 主要数字
page-read-first = 请先阅读
page-fate = 去向
page-agree = 完全相符
page-search-label = 搜索和筛选列表
page-search = 搜索订单、客户、产品…
page-any-customer = 所有客户
page-any-salesperson = 所有销售人员
page-any-status = 所有状态
page-clear = 清除
page-lists = 列表
page-no-script = 下面是每个列表的前几行。在允许运行脚本的地方，可以搜索、排序和翻页；CSV 文件包含所有行。
page-order-by = 排序
page-previous = 上一页
page-next = 下一页
page-about = 由 drawdown 仅根据导出的文件生成。每个数字都是精确的；→ 表示合计在此按单位的步长舍入一次。本页包含其显示的全部内容，不访问网络。
page-to-talk-about = 待洽谈
page-past-warning = 超过预警线
page-runs-out-soon = 预计很快用完
page-course = 走势
page-quota = 额度用完
page-by-hand = 在订单行上手动记录（规则 3.3）
page-nothing-past = 未超出额度
page-adjusted = 调整 { $quantity }
page-labelled = { $label }：{ $text }
page-nothing-fits = 没有符合搜索和选择的内容。
page-shown = 第 { $from }–{ $to } 行，共 { $all } 行
page-found = { $all } 行中有 { $found } 行符合
page-empty = 这里没有内容。
page-first-of = 显示 { $all } 行中的前 { $shown } 行；全部见 { $name }.csv。
page-pages-of = { $list }的分页
page-over = 超出 { $amount }
page-left = 剩余 { $amount }
page-ordered = 订购 { $amount }
page-reached = { $day } 用完
page-days-ago = { $day }，{ $days ->
    [0] 本报告当天
   *[other] { $days } 天前
}
page-rate-of-weeks = 每周 { $rate }，即最近几周的平均值
page-rate-since = 自 { $day } 开始以来每周 { $rate }；最近几周平均每周 { $mean }
page-further = 其余 { $parts } 项
page-of-entries = { $what }（{ $entries } 条工时记录）
page-of-which-snoozed = 其中 { $snoozed } 个已暂缓
page-chart-title = { $order }（{ $customer }）的剩余
page-chart-description = 订购 { $ordered }，自 { $first } 起使用；{ $last } { $end }。
page-chart-description-reached = 订购 { $ordered }，自 { $first } 起使用；{ $reached } 用完；{ $last } { $end }。
page-of-upsell = 已用完的额度：需要洽谈的客户，按币种和最大超额金额排列。打开数字可查看其计算。
page-of-snoozed = 有人暂缓到以后某天的加售。
page-of-near = 超过预警线的额度，以及按最近几周的速度（或新合同开始以来的速度）即将用完的额度。
page-of-idle = 尚有余量但有一段时间无人工作的预付合同。
page-of-unmatched = 未归属于任何订单行的工时记录，及最接近的候选。
page-of-exceptions = 无法使用的行：实际内容、应有内容和处理办法。
page-of-delivered = 所有订单行及其数字。
