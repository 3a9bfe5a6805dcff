# %% [markdown] lang="en"
# # Graded set 11: credit 5C
#
# 6 items, 20 points, about 60 minutes. Chapter 11 has everything you need.

# %% [markdown] lang="zh"
# # 评分练习 11：信用 5C
#
# 共 6 题，20 分，约 60 分钟。所需内容都在第 11 章。

# %% [markdown] lang="en"
# ## How to work
#
# - Write your student id into the second code cell. It decides your numbers; in most items your
#   neighbour has others.
# - For each item, run the cell with the question. Then replace each `...` in the cell below it. Leave the names in
#   quotes as they are.
# - A question shows the first rows of a long table. All rows are in `.table`, such as `item("credit-4").table`.
# - Run the check as often as you like. It names the misunderstanding it recognises and keeps the answer to itself.
# - Part answers count. Leave `...` where you have nothing yet.
# - You may calculate by hand or with the functions of the chapter. Using a tool is no cheating; another student's
#   numbers will not help you.

# %% [markdown] lang="zh"
# ## 怎样做
#
# - 在第二个代码单元格里写上你的学号。数字由学号决定；多数题目里，你和旁边同学的数字不同。
# - 每道题先运行题目所在的单元格，再把下面单元格里的每个 `...` 换成你的答案。引号里的名称不要改动。
# - 表格较长时，题目只显示前几行。全部数据在 `.table` 里，例如 `item("credit-4").table`。
# - 检查可以运行任意多次。它能认出常见的误解并给出提示，但不会说出答案。
# - 各小题分别计分。还没有答案的地方保留 `...`。
# - 可以手算，也可以用本章的函数。借助工具不算作弊；别人的数字对你没有用。

# %%
from crmlab import check, item, student, use_language
from crmlab.credit import (
    auc, cutoff, expected_loss, fit_logit, information_value, points_scale, report_value, woe_table,
)

use_language("en")  # [en]
use_language("zh")  # [zh]

# %%
# [en] Put your student id into the brackets of student(), in quotes.
# [zh] 把学号写进 student() 的括号里，并加引号。
print("These numbers belong to:", student() or "the published example")  # [en]
print("这些数字属于：", student() or "公开的示例")  # [zh]

# %% [markdown] lang="en"
# ## Item 1. Count the Cs
#
# The name says five, the list says six. Read what each note is about, and beware of first impressions.
#
# The labels are `"character"`, `"capacity"`, `"philosophy"`, `"capital"`, `"collateral"` and `"conditions"`.
# `"intruder"` and `"overlap"` are vignettes, such as `"v1"`: the one about the item that is no standard C, and the one
# about the C that it overlaps most.

# %% [markdown] lang="zh"
# ## 第 1 题 数一数 C
#
# 名称说五个，清单却有六项。请看每段说的究竟是什么，别被第一印象带偏。
#
# 标签有 `"character"`（品质）、`"capacity"`（能力）、`"philosophy"`（经营理念）、`"capital"`（资本）、
# `"collateral"`（抵押）和 `"conditions"`（条件）。`"intruder"` 和 `"overlap"` 填某一段，例如 `"v1"`：
# 前者说的是不属于标准五项的那一项，后者说的是与它重叠最多的那个 C。

# %%
item("credit-1")

# %% item="credit-1"
answer_1 = {
    "items": {"v1": ..., "v2": ..., "v3": ..., "v4": ..., "v5": ..., "v6": ...},
    "intruder": ...,
    "overlap": ...,
}
# BEGIN SOLUTION
from crmlab.credit.items import VIGNETTES

about = {str(text): name for name, texts in VIGNETTES.items() for text in texts}
labels = item("credit-1").table["text"].map(about)
card = {name: vignette for vignette, name in labels.items()}
answer_1 = {"items": dict(labels), "intruder": card["philosophy"], "overlap": card["character"]}
# END SOLUTION

# %% check="credit-1"
check("credit-1", answer_1)

# %% [markdown] lang="en"
# ## Item 2. Points
#
# A scorecard speaks in points, so that nobody at the counter needs a logarithm. Somebody has to set the scale.
#
# `"bin"` are the points of her bin of `late_ratio`. `points_scale(score, odds, pdo)` has `.factor`, `.offset` and
# `.score(odds)`. Offset and intercept are shared evenly by all variables. Give two decimals.

# %% [markdown] lang="zh"
# ## 第 2 题 分值
#
# 评分卡用分数说话，柜台上的人就不必懂对数。可是总得有人先定好刻度。
#
# `"bin"` 是她在 `late_ratio` 上所在那一箱的分值。`points_scale(score, odds, pdo)` 有 `.factor`（因子）、
# `.offset`（偏移量）和 `.score(odds)`（分数）。偏移量和截距由所有变量平均分摊。保留两位小数。

# %%
item("credit-2")

# %% item="credit-2"
answer_2 = {
    "factor": ...,
    "offset": ...,
    "score": ...,
    "bin": ...,
}
# BEGIN SOLUTION
given = item("credit-2").params
scale, count = points_scale(given["score"], given["base"], given["pdo"]), given["variables"]
logit = given["weight"] * given["woe"] + given["intercept"] / count
answer_2 = {
    "factor": scale.factor,
    "offset": scale.offset,
    "score": scale.score(given["odds"]),
    "bin": scale.offset / count - scale.factor * logit,
}
# END SOLUTION

# %% check="credit-2"
check("credit-2", answer_2)

# %% [markdown] lang="en"
# ## Item 3. What late payment tells
#
# Evidence compares how often good customers and bad customers land in a bin. A variable informs when the two differ.
#
# `woe_table(goods, bads)` gives one row per bin, `information_value(goods, bads)` one number. The bins are called 1, 2,
# 3 here, while `woe_table` in the notebook counts 0, 1, 2. Give three decimals.

# %% [markdown] lang="zh"
# ## 第 3 题 迟付说明什么
#
# 证据权重比较的是：好客户和坏客户各有多少落在这一箱。两者差别越大，这个变量的信息就越多。
#
# `woe_table(goods, bads)` 每箱给出一行，`information_value(goods, bads)` 给出一个数。这里的箱编号为 1、2、3，
# 笔记本里 `woe_table` 的编号是 0、1、2。保留三位小数。

# %%
item("credit-3")

# %% item="credit-3"
answer_3 = {
    "woe 1": ..., "woe 2": ..., "woe 3": ...,
    "iv": ...,
}
# BEGIN SOLUTION
counts = item("credit-3").table
evidence = woe_table(counts["goods"], counts["bads"])["woe"]
answer_3 = {f"woe {number}": value for number, value in evidence.items()}
answer_3["iv"] = information_value(counts["goods"], counts["bads"])
# END SOLUTION

# %% check="credit-3"
check("credit-3", answer_3)

# %% [markdown] lang="en"
# ## Item 4. Does the sixth item add?
#
# More items always fit the past a little better. A model earns its place with applicants it has not seen.
#
# `intercept, weights = fit_logit(rows[columns], rows["bad"])` fits; `intercept + other[columns] @ weights` are the log
# odds of default of other rows. `auc(score, bad)` wants a high score for safe customers. The decision is `"adopt"` or
# `"keep five"`. Give three decimals.

# %% [markdown] lang="zh"
# ## 第 4 题 第六项有没有用？
#
# 项目越多，对过去的数据总能拟合得好一点。模型好不好，要看它没见过的申请人。
#
# 表中的列依次是品质、能力、资本、抵押、条件、经营理念。`intercept, weights = fit_logit(rows[columns], rows["bad"])`
# 用来拟合；`intercept + other[columns] @ weights` 是另一些行的违约 logit。`auc(score, bad)` 要求越安全的客户分数越高。
# 决定填 `"adopt"`（采用第六项）或 `"keep five"`（仍用五项）。保留三位小数。

# %%
item("credit-4")

# %% item="credit-4"
answer_4 = {
    "five": ...,
    "six": ...,
    "decision": ...,
}
# BEGIN SOLUTION
answer_4, table = {}, item("credit-4").table
train, hold_out = table[table["sample"] == "train"], table[table["sample"] == "hold_out"]
five = ["character", "capacity", "capital", "collateral", "conditions"]
for part, columns in (("five", five), ("six", [*five, "philosophy"])):
    intercept, weights = fit_logit(train[columns], train["bad"])
    answer_4[part] = auc(-(intercept + hold_out[columns] @ weights), hold_out["bad"])
answer_4["decision"] = "adopt" if answer_4["six"] - answer_4["five"] >= 0.01 else "keep five"
# END SOLUTION

# %% check="credit-4"
check("credit-4", answer_4)

# %% [markdown] lang="en"
# ## Item 5. Where to draw the line
#
# A line that is too strict turns good customers away, one that is too generous feeds bad debt. Margin and loss decide
# where it belongs.
#
# `"accept"` is a list of salons, such as `["a1", "a2"]`. `cutoff(price, variable_cost, rate, lgd)` finds the line.
# `expected_loss(pd, lgd, ead)` is the expected loss, the chance of default included; the exposure is the cost of the
# delivery. Give the cut-off with three decimals and the profit with two.

# %% [markdown] lang="zh"
# ## 第 5 题 线画在哪里
#
# 线画得太严，会把好客户拒之门外；画得太松，又会养出坏账。画在哪里，由毛利和损失决定。
#
# `"accept"` 填店的列表，例如 `["a1", "a2"]`。`cutoff(price, variable_cost, rate, lgd)` 求出临界点，
# `expected_loss(pd, lgd, ead)` 求出预期损失（已经乘过违约概率），其中的敞口就是这批货的成本。
# 临界点保留三位小数，利润保留两位。

# %%
item("credit-5")

# %% item="credit-5"
answer_5 = {
    "cut-off": ...,
    "accept": [...],
    "profit": ...,
}
# BEGIN SOLUTION
chance, given = item("credit-5").table["pd"], item("credit-5").params
line = cutoff(given["price"], given["cost"], given["rate"], given["lgd"])
margin = given["price"] / (1 + given["rate"]) - given["cost"]
good = chance[chance < line]
profit = (1 - good) * margin - expected_loss(good, given["lgd"], given["cost"])
answer_5 = {"cut-off": line, "accept": list(good.index), "profit": profit.sum()}
# END SOLUTION

# %% check="credit-5"
check("credit-5", answer_5)

# %% [markdown] lang="en"
# ## Item 6. Buy the report?
#
# A report costs money and is sometimes wrong. Before you buy, ask what you would do after each answer.
#
# `"after bad"` and `"after good"` are chances that she is bad. `report_value` takes the names in
# `item("credit-6").params`. Give the chances with three decimals and the price with two.

# %% [markdown] lang="zh"
# ## 第 6 题 买不买这份报告？
#
# 报告要花钱，有时还会出错。买之前先问自己：看到每一种结果，你会怎么做？
#
# `"after bad"` 和 `"after good"` 分别是报告为“坏”、为“好”时她是坏客户的概率。`report_value` 的参数名与
# `item("credit-6").params` 中的相同。概率保留三位小数，价格保留两位。

# %%
item("credit-6")

# %% item="credit-6"
answer_6 = {
    "after bad": ...,
    "after good": ...,
    "price": ...,
}
# BEGIN SOLUTION
found = report_value(**item("credit-6").params)
answer_6 = {"after bad": found.posterior_bad, "after good": found.posterior_good, "price": found.value}
# END SOLUTION

# %% check="credit-6"
check("credit-6", answer_6)

# %% [markdown] lang="en"
# ## Hand in
#
# Save this notebook, run it once from top to bottom, and hand in the file as your instructor asks. Your numbers can be
# drawn again from your student id, so an edited number changes nothing.

# %% [markdown] lang="zh"
# ## 提交
#
# 保存笔记本，从头到尾运行一遍，再按老师的要求提交文件。你的数字可以由学号重新算出，改动数字没有用。
