# %% [markdown] lang="en"
# # Graded set 02: value tiers
#
# 6 items, 20 points, about 60 minutes. Chapter 02 has everything you need.

# %% [markdown] lang="zh"
# # 评分练习 02：价值分层
#
# 共 6 题，20 分，约 60 分钟。所需内容都在第 02 章。

# %% [markdown] lang="en"
# ## How to work
#
# - Write your student id into the second code cell. It decides your numbers; in most items your
#   neighbour has others.
# - For each item, run the cell with the question. Then replace each `...` in the cell below it. Leave the names in
#   quotes as they are.
# - A question shows the first rows of a long table. All rows are in `.table`, such as `item("value_tiers-2").table`.
# - Run the check as often as you like. It names the misunderstanding it recognises and keeps the answer to itself.
# - Part answers count. Leave `...` where you have nothing yet.
# - You may calculate by hand or with the functions of the chapter. Using a tool is no cheating; another student's
#   numbers will not help you.

# %% [markdown] lang="zh"
# ## 怎样做
#
# - 在第二个代码单元格里写上你的学号。数字由学号决定；多数题目里，你和旁边同学的数字不同。
# - 每道题先运行题目所在的单元格，再把下面单元格里的每个 `...` 换成你的答案。引号里的名称不要改动。
# - 表格较长时，题目只显示前几行。全部数据在 `.table` 里，例如 `item("value_tiers-2").table`。
# - 检查可以运行任意多次。它能认出常见的误解并给出提示，但不会说出答案。
# - 各小题分别计分。还没有答案的地方保留 `...`。
# - 可以手算，也可以用本章的函数。借助工具不算作弊；别人的数字对你没有用。

# %%
import re

from crmlab import check, item, student, use_language
from crmlab.value_tiers import allocate, gini, let_go, pareto_class, roll_out, value_tier, whale_peak

use_language("en")  # [en]
use_language("zh")  # [zh]

# %%
# [en] Put your student id into the brackets of student(), in quotes.
# [zh] 把学号写进 student() 的括号里，并加引号。
print("These numbers belong to:", student() or "the published example")  # [en]
print("这些数字属于：", student() or "公开的示例")  # [zh]

# %% [markdown] lang="en"
# ## Item 1. The broken pyramid
#
# A page of course notes reached us with its line breaks in the wrong places. Line 2 and line 3 each begin with a number
# that could be a list number, or a part of the table. One clue settles it.
#
# Give six numbers of the table, in percent, and the Gini coefficient with four decimals. `gini` takes a list of
# customers and a list of revenue, tier by tier.

# %% [markdown] lang="zh"
# ## 第 1 题 支离破碎的金字塔
#
# 有一页课程笔记，换行的位置全乱了。第 2 行和第 3 行都以一个数开头：它可能是列表序号，也可能是表中的数。有一条线索足以判断。
#
# 请填表中的六个数（百分数），基尼系数保留四位小数。`gini` 的两个参数是各层客户数的列表和各层收入的列表。

# %%
item("value_tiers-1")

# %% item="value_tiers-1"
answer_1 = {
    "large customers": ..., "large revenue": ..., "large profit": ...,
    "medium customers": ..., "medium revenue": ..., "medium profit": ...,
    "Gini of revenue": ...,
}
# BEGIN SOLUTION
page = "".join(item("value_tiers-1").table["text"])
numbers = [int(found) for found in re.findall(r"\d+", page)]
customers, revenue, profit = (numbers[first::3] for first in range(3))
assert sum(customers) == sum(revenue) == sum(profit) == 100
answer_1 = {"Gini of revenue": gini(customers, revenue)}
for place, tier in enumerate(["top", "large", "medium", "small"]):
    if tier in ("large", "medium"):
        answer_1[f"{tier} customers"] = customers[place]
        answer_1[f"{tier} revenue"] = revenue[place]
        answer_1[f"{tier} profit"] = profit[place]
# END SOLUTION

# %% check="value_tiers-1"
check("value_tiers-1", answer_1)

# %% [markdown] lang="en"
# ## Item 2. Three departments, one letter
#
# Sales, finance and the service desk all speak of "our A customers". You have 30 of Lanwan's accounts. How many
# customers do they have in common?
#
# `value_tier(revenue)` and `pareto_class(contribution, "value")` name the class of each account. Give three whole
# numbers.

# %% [markdown] lang="zh"
# ## 第 2 题 三个部门，同一个字母
#
# 销售部、财务部和服务台都在谈“我们的 A 类客户”。你手上有蓝湾的 30 家客户。他们说的 A 类客户，有多少家是重合的？
#
# `value_tier(revenue)` 和 `pareto_class(contribution, "value")` 给出每家客户的类别。请填三个整数。

# %%
item("value_tiers-2")

# %% item="value_tiers-2"
answer_2 = {
    "revenue and profit": ...,
    "profit and code": ...,
    "all three": ...,
}
# BEGIN SOLUTION
accounts = item("value_tiers-2").table
by_revenue = value_tier(accounts["revenue"]) != "small"
by_profit = pareto_class(accounts["contribution"], "value") == "A"
by_code = accounts["code"] == "A"
answer_2 = {
    "revenue and profit": (by_revenue & by_profit).sum(),
    "profit and code": (by_profit & by_code).sum(),
    "all three": (by_revenue & by_profit & by_code).sum(),
}
# END SOLUTION

# %% check="value_tiers-2"
check("value_tiers-2", answer_2)

# %% [markdown] lang="en"
# ## Item 3. A sentence without its base
#
# Managers quote the 80/20/30 rule often. Few say what the percentages are percentages of. Compute the peak of the whale
# curve three times, in percent of the final profit, with one decimal.
#
# `whale_peak` takes shares between 0 and 1, and its answer is a multiple.

# %% [markdown] lang="zh"
# ## 第 3 题 没说清基数的一句话
#
# 80/20/30 法则常被引用，却很少有人说清这些百分数以什么为基数。请按三种读法各算一次鲸鱼曲线的峰值，以最终利润的百分数表示，
# 保留一位小数。
#
# `whale_peak` 的参数是 0 到 1 之间的份额，结果是倍数。

# %%
item("value_tiers-3")

# %% item="value_tiers-3"
answer_3 = {
    "net": ...,
    "top": ...,
    "gross": ...,
}
# BEGIN SOLUTION
said = item("value_tiers-3").params
for reading in ("net", "top", "gross"):
    answer_3[reading] = 100 * whale_peak(said["share"] / 100, said["cancelled"] / 100, reading)
# END SOLUTION

# %% check="value_tiers-3"
check("value_tiers-3", answer_3)

# %% [markdown] lang="en"
# ## Item 4. Whom to write to
#
# A test mailing is a cheap question to the whole list. Some cells of recency and frequency answer well enough to pay for
# their letters, others do not.
#
# `item("value_tiers-4").table` has all the cells, and `roll_out` reads it. Money is in whole yuan; a loss takes a minus.

# %% [markdown] lang="zh"
# ## 第 4 题 信该寄给谁
#
# 寄一批测试信，等于花小钱向整个名单提一个问题。按最近一次购买和购买频率分成的格，有的响应率够付邮费，有的不够。
#
# `item("value_tiers-4").table` 是全部的格，可以交给 `roll_out`。金额以元计，取整数；亏损写负数。

# %%
item("value_tiers-4")

# %% item="value_tiers-4"
answer_4 = {
    "cells": ...,
    "profit": ...,
    "profit of all": ...,
}
# BEGIN SOLUTION
test, terms = item("value_tiers-4").table, item("value_tiers-4").params
plan = roll_out(test, terms["names"], terms["cost"], terms["margin"])
answer_4 = {"cells": plan.cells, "profit": plan.profit, "profit of all": plan.profit_all}
# END SOLUTION

# %% check="value_tiers-4"
check("value_tiers-4", answer_4)

# %% [markdown] lang="en"
# ## Item 5. A hundred hours
#
# One of the notes advises against spreading attention evenly: it belongs to the critical 20%. But even there each
# further visit brings less. How do you share out your hours?

# %% [markdown] lang="zh"
# ## 第 5 题 一百小时
#
# 有一篇笔记反对平均分配注意力，主张集中在关键的 20% 上。可是再好的客户，拜访越多，每次带来的也越少。
# 你的工时该怎样分配？

# %%
item("value_tiers-5")

# %% item="value_tiers-5"
answer_5 = {
    "large": ...,
    "medium": ...,
    "small": ...,
}
# BEGIN SOLUTION
tiers = item("value_tiers-5").table
hours = allocate(100, tiers["scale"], tiers["rate"])
answer_5 = dict(zip(tiers.index, hours, strict=True))
# END SOLUTION

# %% check="value_tiers-5"
check("value_tiers-5", answer_5)

# %% [markdown] lang="en"
# ## Item 6. Whom to let go
#
# The proposal on the table is simple: end every account that loses money. Before you sign it, ask of each cost whether
# it would leave with the account.
#
# Answer the first line with a list of accounts, such as `["K1", "K2"]`. The avoidable part of the service cost is
# `item("value_tiers-6").params["avoidable"]`; a rise in profit is positive.

# %% [markdown] lang="zh"
# ## 第 6 题 该放弃谁
#
# 有一份简单的提案：凡是亏损的客户，一律放弃。签字之前，请对每一项成本问一句：客户离开，它会随之消失吗？
#
# 第一行用列表作答，例如 `["K1", "K2"]`。服务成本中可避免的部分是
# `item("value_tiers-6").params["avoidable"]`；利润增加为正数。

# %%
item("value_tiers-6")

# %% item="value_tiers-6"
answer_6 = {
    "let go": [...],
    "profit change": ...,
}
# BEGIN SOLUTION
judged = let_go(item("value_tiers-6").table, item("value_tiers-6").params["avoidable"])
gone = judged[judged["let_go"]]
answer_6 = {"let go": list(gone.index), "profit change": -gone["keep_value"].sum()}
# END SOLUTION

# %% check="value_tiers-6"
check("value_tiers-6", answer_6)

# %% [markdown] lang="en"
# ## Hand in
#
# Save this notebook, run it once from top to bottom, and hand in the file as your instructor asks. Your numbers can be
# drawn again from your student id, so an edited number changes nothing.

# %% [markdown] lang="zh"
# ## 提交
#
# 保存笔记本，从头到尾运行一遍，再按老师的要求提交文件。你的数字可以由学号重新算出，改动数字没有用。
