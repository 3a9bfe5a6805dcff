# %% [markdown] lang="en"
# # Graded set 12: credit policy
#
# 6 items, 20 points, about 60 minutes. Chapter 12 has everything you need.

# %% [markdown] lang="zh"
# # 评分练习 12：信用政策
#
# 共 6 题，20 分，约 60 分钟。所需内容都在第 12 章。

# %% [markdown] lang="en"
# ## How to work
#
# - Write your student id into the second code cell. It decides your numbers; in most items your
#   neighbour has others.
# - For each item, run the cell with the question. Then replace each `...` in the cell below it. Leave the names in
#   quotes as they are.
# - The numbers of a question are in `.params`, such as `item("credit_policy-1").params`. Its table, where it has one,
#   is in `.table`, such as `item("credit_policy-4").table`.
# - Run the check as often as you like. It names the misunderstanding it recognises and keeps the answer to itself.
# - Part answers count. Leave `...` where you have nothing yet.
# - You may calculate by hand or with the functions of the chapter. Using a tool is no cheating; another student's
#   numbers will not help you.

# %% [markdown] lang="zh"
# ## 怎样做
#
# - 在第二个代码单元格里写上你的学号。数字由学号决定；多数题目里，你和旁边同学的数字不同。
# - 每道题先运行题目所在的单元格，再把下面单元格里的每个 `...` 换成你的答案。引号里的名称不要改动。
# - 题目中的数字在 `.params` 里，例如 `item("credit_policy-1").params`；有表格的题目，表格在 `.table` 里，例如
#   `item("credit_policy-4").table`。
# - 检查可以运行任意多次。它能认出常见的误解并给出提示，但不会说出答案。
# - 各小题分别计分。还没有答案的地方保留 `...`。
# - 可以手算，也可以用本章的函数。借助工具不算作弊；别人的数字对你没有用。

# %%
from crmlab import check, item, student, use_language
from crmlab.credit_policy import (
    Terms, ageing_outcome, allocate_limits, discount_cost, dso, relax_standard, switch_to_credit,
)

use_language("en")  # [en]
use_language("zh")  # [zh]

# %%
# [en] Put your student id into the brackets of student(), in quotes.
# [zh] 把学号写进 student() 的括号里，并加引号。
print("These numbers belong to:", student() or "the published example")  # [en]
print("这些数字属于：", student() or "公开的示例")  # [zh]

# %% [markdown] lang="en"
# ## Item 1. A discount that nobody takes
#
# A cash discount looks small beside the price. Whoever lets it go borrows money for a few days, and a year has many
# such days.
#
# `discount_cost` takes the discount as a share between 0 and 1, both days, and `year_days`; with `compound=True` it
# gives the effective rate. Its answer is a share. Give both rates in percent, with two decimals.

# %% [markdown] lang="zh"
# ## 第 1 题 没人要的折扣
#
# 与售价相比，现金折扣看起来很小。可是放弃折扣，等于为多用几天的钱付代价，而一年里有很多个“几天”。
#
# `discount_cost` 的参数依次是折扣（0 到 1 之间的份额）、两个天数和 `year_days`；加上 `compound=True` 得到实际年利率。
# 结果是份额。请以百分数填写两个利率，保留两位小数。

# %%
item("credit_policy-1")

# %% item="credit_policy-1"
answer_1 = {
    "nominal": ...,
    "effective": ...,
}
# BEGIN SOLUTION
given = item("credit_policy-1").params
terms = (given["percent"] / 100, given["discount_days"], given["net_days"], given["year_days"])
answer_1 = {
    "nominal": 100 * discount_cost(*terms),
    "effective": 100 * discount_cost(*terms, compound=True),
}
# END SOLUTION

# %% check="credit_policy-1"
check("credit_policy-1", answer_1)

# %% [markdown] lang="en"
# ## Item 2. From cash to credit
#
# Sales wants to let everybody pay a month after delivery. New customers would come for it, and the old ones would take
# it as well.
#
# `switch_to_credit` takes the names in `item("credit_policy-2").params`. Give whole yuan, and two decimals for the
# packs.

# %% [markdown] lang="zh"
# ## 第 2 题 从现款到赊销
#
# 销售部想让所有客户都在交货一个月后付款。这会带来新客户，老客户也会照此办理。
#
# `switch_to_credit` 的参数名与 `item("credit_policy-2").params` 中的相同。金额以元计，取整数；件数保留两位小数。

# %%
item("credit_policy-2")

# %% item="credit_policy-2"
answer_2 = {
    "NPV": ...,
    "break-even": ...,
}
# BEGIN SOLUTION
switch = switch_to_credit(**item("credit_policy-2").params)
answer_2 = {"NPV": switch.npv, "break-even": switch.break_even_units}
# END SOLUTION

# %% check="credit_policy-2"
check("credit_policy-2", answer_2)

# %% [markdown] lang="en"
# ## Item 3. A looser standard
#
# Whoever sells to weaker customers sells more, waits longer and loses more. Which of the three weighs most?
#
# `Terms(quantity, days, bad_debt)` describes a standard, and `relax_standard` compares two of them. Give yuan with two
# decimals; a loss takes a minus. The decision is `"relax"` or `"keep"`.

# %% [markdown] lang="zh"
# ## 第 3 题 放宽标准
#
# 卖给较弱的客户，销量会增加，等待会变长，损失也会变多。三者之中哪一个更重？
#
# `Terms(quantity, days, bad_debt)` 描述一种标准，`relax_standard` 比较两种标准。金额以元计，保留两位小数；亏损写负数。
# 决定填 `"relax"` 或 `"keep"`。

# %%
item("credit_policy-3")

# %% item="credit_policy-3"
answer_3 = {
    "net": ...,
    "decision": ...,
}
# BEGIN SOLUTION
standards, given = item("credit_policy-3").table, item("credit_policy-3").params
now, then = (Terms(**standards.loc[when]) for when in ("now", "then"))
money = {name: given[name] for name in ("price", "variable_cost", "rate", "year_days")}
net = relax_standard(now, then, **money).net
answer_3 = {"net": net, "decision": "relax" if net > 0 else "keep"}
# END SOLUTION

# %% check="credit_policy-3"
check("credit_policy-3", answer_3)

# %% [markdown] lang="en"
# ## Item 4. Do they pay later?
#
# Days sales outstanding divides what is open by what was sold. Either of the two can move it.
#
# `dso` takes the receivables, the sales of the window, and the days of the window. Give days with one decimal. The
# behaviour is `"later"`, `"sooner"` or `"unchanged"`.

# %% [markdown] lang="zh"
# ## 第 4 题 客户付款变慢了吗？
#
# 应收账款周转天数（DSO）用未收的款除以销售额。这两个数，哪一个变了，它都会变。
#
# `dso` 的参数依次是未收的款、窗口内的销售额和窗口的天数。天数保留一位小数。行为填 `"later"`、`"sooner"` 或
# `"unchanged"`。

# %%
item("credit_policy-4")

# %% item="credit_policy-4"
answer_4 = {
    "first": ...,
    "second": ...,
    "third": ...,
    "behaviour": ...,
}
# BEGIN SOLUTION
months = item("credit_policy-4").table
answer_4 = {name: dso(rows["open"].sum(), rows["sales"], 90) for name, rows in months.groupby("quarter")}
left = (months["open"] / months["sales"]).groupby(months["quarter"]).sum()
gap = left - left.median()
odd = gap[gap.abs().idxmax()]
answer_4["behaviour"] = "unchanged" if abs(odd) < 0.01 else "later" if odd > 0 else "sooner"
# END SOLUTION

# %% check="credit_policy-4"
check("credit_policy-4", answer_4)

# %% [markdown] lang="en"
# ## Item 5. What becomes of the book
#
# An open invoice is paid, or it grows older. What happens next month is known; what happens in the end has to be
# worked out.
#
# `ageing_outcome` takes the table without its last column, `.drop(columns="book")`, and that column as a dictionary,
# `dict(table["book"])`. Give whole yuan.

# %% [markdown] lang="zh"
# ## 第 5 题 账款的结局
#
# 未收的发票，要么付清，要么变得更旧。下个月会怎样，表中已有；最后会怎样，则要算出来。
#
# `ageing_outcome` 的参数是去掉最后一列的表（`.drop(columns="book")`），以及写成字典的最后一列（`dict(table["book"])`）。
# 金额以元计，取整数。

# %%
item("credit_policy-5")

# %% item="credit_policy-5"
answer_5 = {
    "collected": ...,
    "lost": ...,
}
# BEGIN SOLUTION
schedule = item("credit_policy-5").table
end = ageing_outcome(schedule.drop(columns="book"), dict(schedule["book"]))
answer_5 = {"collected": end.collected, "lost": end.lost}
# END SOLUTION

# %% check="credit_policy-5"
check("credit_policy-5", answer_5)

# %% [markdown] lang="en"
# ## Item 6. Five limits, one cap
#
# Finance allows a certain expected loss for all salons together. How much of it does each salon deserve?
#
# Give a limit for each salon, in yuan. `allocate_limits` takes the columns of the table, `cap`, and finds the best ones
# in `.limit`. Every set of limits within the cap counts, if it earns nearly as much as the best. A list in the order of
# the table counts, too: `allocate_limits(...).limit`. Limits that are rounded up may exceed the cap, so round down.

# %% [markdown] lang="zh"
# ## 第 6 题 五个额度，一个上限
#
# 财务部为所有的店合计规定了预期损失的上限。每家店该用掉其中的多少？
#
# 请填每家店的额度（元）。`allocate_limits` 的参数是表中各列和 `cap`，最优额度在 `.limit` 里。
# 只要不超过上限，而且利润与最高值相差很小，任何一组额度都算对。也可以按表中的顺序写成一列数：`allocate_limits(...).limit`。
# 额度进位取整可能超过上限，所以请舍去尾数。

# %%
item("credit_policy-6")

# %% item="credit_policy-6"
answer_6 = {
    "A": ...,
    "B": ...,
    "C": ...,
    "D": ...,
    "E": ...,
}
# BEGIN SOLUTION
salons = item("credit_policy-6").table
best = allocate_limits(**salons, cap=item("credit_policy-6").params["cap"])
answer_6 = dict(zip(salons.index, best.limit, strict=True))
# END SOLUTION

# %% check="credit_policy-6"
check("credit_policy-6", answer_6)

# %% [markdown] lang="en"
# ## Hand in
#
# Save this notebook, run it once from top to bottom, and hand in the file as your instructor asks. Your numbers can be
# drawn again from your student id, so an edited number changes nothing.

# %% [markdown] lang="zh"
# ## 提交
#
# 保存笔记本，从头到尾运行一遍，再按老师的要求提交文件。你的数字可以由学号重新算出，改动数字没有用。
