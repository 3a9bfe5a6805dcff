# %% [markdown] lang="en"
# # Graded set 09: expectation management
#
# 6 items, 20 points, about 60 minutes. Chapter 09 has everything you need.

# %% [markdown] lang="zh"
# # 评分练习 09：期望管理
#
# 共 6 题，20 分，约 60 分钟。所需内容都在第 09 章。

# %% [markdown] lang="en"
# ## How to work
#
# - Write your student id into the second code cell. It decides your numbers; in most items your
#   neighbour has others.
# - For each item, run the cell with the question. Then replace each `...` in the cell below it. Leave the names in
#   quotes as they are.
# - A question shows the first rows of a long table. All rows are in `.table`, such as `item("expectations-4").table`.
# - Run the check as often as you like. It names the misunderstanding it recognises and keeps the answer to itself.
# - Part answers count. Leave `...` where you have nothing yet.
# - You may calculate by hand or with the functions of the chapter. Using a tool is no cheating; another student's
#   numbers will not help you.

# %% [markdown] lang="zh"
# ## 怎样做
#
# - 在第二个代码单元格里写上你的学号。数字由学号决定；多数题目里，你和旁边同学的数字不同。
# - 每道题先运行题目所在的单元格，再把下面单元格里的每个 `...` 换成你的答案。引号里的名称不要改动。
# - 表格较长时，题目只显示前几行。全部数据在 `.table` 里，例如 `item("expectations-4").table`。
# - 检查可以运行任意多次。它能认出常见的误解并给出提示，但不会说出答案。
# - 各小题分别计分。还没有答案的地方保留 `...`。
# - 可以手算，也可以用本章的函数。借助工具不算作弊；别人的数字对你没有用。

# %%
from crmlab import check, item, student, use_language
from crmlab.expectations import (
    acsi, best_promise, importance_performance, kano_class, kano_coefficients, nps, outcome, promise_outcome,
    satisfaction, top_box, update_expectation,
)

use_language("en")  # [en]
use_language("zh")  # [zh]

# %%
# [en] Put your student id into the brackets of student(), in quotes.
# [zh] 把学号写进 student() 的括号里，并加引号。
print("These numbers belong to:", student() or "the published example")  # [en]
print("这些数字属于：", student() or "公开的示例")  # [zh]

# %% [markdown] lang="en"
# ## Item 1. Ten visits
#
# Customers compare what they get with what they expected, and a loss weighs more than a gain. Small gaps they may not
# notice at all.
#
# `"without"` and `"with"` mean the zone of tolerance. `"worst"` and `"best"` are the visits with the lowest and the
# highest satisfaction. `satisfaction` takes expectation, performance, base, gain, loss and `zone`; `outcome` says
# which visits match. Give two decimals, and a whole number of visits.

# %% [markdown] lang="zh"
# ## 第 1 题 十次上门
#
# 客户会把得到的与期望的相比，一分的“不足”比一分的“超出”分量更重。差距很小时，他们可能根本察觉不到。
#
# `"without"` 指不考虑容忍区间，`"with"` 指考虑；`"worst"` 和 `"best"` 是满意度最低和最高的一次。`satisfaction`
# 的参数依次是期望、表现、基准（base）、超出的斜率（gain）、不足的斜率（loss）和 `zone`；`outcome` 指出哪几次与期望
# 匹配。保留两位小数，次数填整数。

# %%
item("expectations-1")

# %% item="expectations-1"
answer_1 = {
    "mean without": ..., "mean with": ...,
    "worst without": ..., "worst with": ...,
    "best with": ...,
    "matches": ...,
}
# BEGIN SOLUTION
visits, given = item("expectations-1").table, item("expectations-1").params
pair, zone = (visits["expectation"], visits["performance"]), given["zone"]
slopes = {name: given[name] for name in ("base", "gain", "loss")}
without, felt = satisfaction(*pair, **slopes), satisfaction(*pair, **slopes, zone=zone)
answer_1 = {
    "mean without": without.mean(), "mean with": felt.mean(),
    "worst without": without.min(), "worst with": felt.min(),
    "best with": felt.max(),
    "matches": (outcome(*pair, zone) == "matches").sum(),
}
# END SOLUTION

# %% check="expectations-1"
check("expectations-1", answer_1)

# %% [markdown] lang="en"
# ## Item 2. What she expects now
#
# A newcomer has a vague idea, a regular has seen for herself. Reviews help, but each of them says less than an own
# visit.
#
# `update_expectation` takes mean and standard deviation of the prior, mean and standard deviation of what was seen,
# and `n`. Give two decimals.

# %% [markdown] lang="zh"
# ## 第 2 题 她现在的期望
#
# 新客户只有模糊的印象，老客户则亲身经历过。评价也有用，不过单独一条，比不上一次亲身经历。
#
# `update_expectation` 的参数依次是先前期望的均值与标准差、所见表现的均值与标准差，以及 `n`。保留两位小数。

# %%
item("expectations-2")

# %% item="expectations-2"
answer_2 = {
    "mean": ...,
    "sd": ...,
    "reviews": ...,
}
# BEGIN SOLUTION
given = item("expectations-2").params
prior, seen = (given["prior_mean"], given["prior_sd"]), (given["visit_mean"], given["visit_sd"])
mean, sd = update_expectation(*prior, *seen, n=given["visits"])
answer_2 = {"mean": mean, "sd": sd, "reviews": (given["review_sd"] / given["visit_sd"]) ** 2}
# END SOLUTION

# %% check="expectations-2"
check("expectations-2", answer_2)

# %% [markdown] lang="en"
# ## Item 3. What should the website say?
#
# A bold promise brings first purchases and costs repeat purchases. Somewhere between modesty and boasting lies the
# highest profit.
#
# `"expectation"` is what customers expect with the best promise. `"direction"` is one of `"over"`, `"exact"`,
# `"under"`: the best promise against the true quality. `"lost"` is the loss of a promise of 100, in percent of the
# best profit. `best_promise` and `promise_outcome` take the names in `item("expectations-3").params`. Give two
# decimals.

# %% [markdown] lang="zh"
# ## 第 3 题 网站该怎么说？
#
# 大胆的承诺会带来首次购买，却会损失再次购买。利润的最高点，在谦虚与吹嘘之间。
#
# `"expectation"` 是最优承诺下客户的期望。`"direction"` 填 `"over"`、`"exact"` 或 `"under"`：最优承诺高于、等于还是低于
# 真实质量。`"lost"` 是承诺 100 分时的损失，以最优利润的百分数表示。`best_promise` 和 `promise_outcome` 的参数名与
# `item("expectations-3").params` 中的相同。保留两位小数。

# %%
item("expectations-3")

# %% item="expectations-3"
answer_3 = {
    "expectation": ...,
    "promise": ...,
    "direction": ...,
    "lost": ...,
}
# BEGIN SOLUTION
given = item("expectations-3").params
best = best_promise(**given)
profit = promise_outcome([best.promise, 100], **given)["profit"]
answer_3 = {
    "expectation": best.expectation,
    "promise": best.promise,
    "direction": best.direction,
    "lost": 100 * (profit[0] - profit[1]) / profit[0],
}
# END SOLUTION

# %% check="expectations-3"
check("expectations-3", answer_3)

# %% [markdown] lang="en"
# ## Item 4. Where to improve first
#
# Where the lines of the grid cross is a choice, and so is what counts as important. Both choices can change what a
# manager does on Monday.
#
# `importance_performance(table)` draws the lines at the mean and uses stated importance. The words `"median"` and
# `importance="derived"` change that. Give a whole number and two attributes, such as `"on_time"`.

# %% [markdown] lang="zh"
# ## 第 4 题 先改进什么
#
# 四分图的十字线画在哪里，由人选择；什么算重要，也由人选择。两者都可能改变经理下周一要做的事。
#
# `importance_performance(table)` 以均值为十字线，用陈述重要度；写上 `"median"` 或 `importance="derived"` 可以改变。
# 请填一个整数和两项属性，例如 `"on_time"`。

# %%
item("expectations-4")

# %% item="expectations-4"
answer_4 = {
    "movers": ...,
    "stated first": ...,
    "derived first": ...,
}
# BEGIN SOLUTION
ratings = item("expectations-4").table
stated, median = importance_performance(ratings), importance_performance(ratings, "median")
answer_4 = {"movers": (stated["quadrant"] != median["quadrant"]).sum()}
for name, grid in (("stated", stated), ("derived", importance_performance(ratings, importance="derived"))):
    inside = grid[grid["quadrant"] == "concentrate_here"]
    answer_4[f"{name} first"] = inside["importance"].idxmax()
# END SOLUTION

# %% check="expectations-4"
check("expectations-4", answer_4)

# %% [markdown] lang="en"
# ## Item 5. What a feature does
#
# Some features please, some are missed only when they are gone, and some annoy. The most frequent class gives a
# feature its name; the two coefficients say how much it can please and how much its lack can hurt.
#
# Classes are letters, such as `"I"`. `"pair"` is the class of the single owner. `kano_class(functional, dysfunctional)`
# looks it up in the evaluation table: the answer with the feature gives the row, the answer without it the column. For
# example, `kano_class("like", "neutral")` finds `A`. `kano_coefficients` takes a dictionary of counts. Give three
# decimals.

# %% [markdown] lang="zh"
# ## 第 5 题 功能的作用
#
# 有的功能讨人喜欢，有的只在没有时才被想起，有的惹人厌烦。一项功能归入哪一类，看哪一类的回答最多；两个系数则说明，
# 有了它能让多少人高兴，缺了它会让多少人不满。
#
# 类别用字母表示，例如 `"I"`。`"pair"` 是单独那位店主的类别。`kano_class(functional, dysfunctional)` 查的是评价表：
# “有它时”的回答定行，“没有它时”的回答定列。例如，`kano_class("like", "neutral")` 得到 `A`。`kano_coefficients`
# 的参数是一个字典，写明各类的个数。保留三位小数。

# %%
item("expectations-5")

# %% item="expectations-5"
answer_5 = {
    "classes": {"no_leak": ..., "app_stock": ..., "night_hotline": ..., "paper_invoice": ..., "sms_ads": ...},
    "pair": ...,
    "app_stock better": ..., "app_stock worse": ...,
    "paper_invoice better": ..., "paper_invoice worse": ...,
}
# BEGIN SOLUTION
counts, given = item("expectations-5").table[list("AOMIRQ")], item("expectations-5").params
answer_5 = {
    "classes": dict(counts.idxmax(axis=1)),
    "pair": kano_class(given["functional"], given["dysfunctional"])[0],
}
for feature in ("app_stock", "paper_invoice"):
    found = kano_coefficients(dict(counts.loc[feature]))
    answer_5 |= {f"{feature} better": found.better, f"{feature} worse": found.worse}
# END SOLUTION

# %% check="expectations-5"
check("expectations-5", answer_5)

# %% [markdown] lang="en"
# ## Item 6. Three thermometers
#
# One feeling, three indices. They weigh the answers differently, and each of them has an error.
#
# `"half"` is the half width of the interval of the NPS, `"top"` the share of the two highest answers to the overall
# question. The verdict is `"north"`, `"south"` or `"unclear"`. `acsi` takes the columns of the three questions and the
# weights; `nps` and `top_box(column, best=10)` take one column. Give the index with two decimals, NPS and half width
# with one, and the share with three.

# %% [markdown] lang="zh"
# ## 第 6 题 三支温度计
#
# 同一种感受，三个指标。它们看重的回答不同，而且各有误差。
#
# `"half"` 是净推荐值置信区间的半宽，`"top"` 是总体满意度中最高两档回答的占比。结论填 `"north"`、`"south"` 或
# `"unclear"`。`acsi` 的参数是三个问题的各列和权重；`nps` 与 `top_box(column, best=10)` 的参数是一列。
# 指数保留两位小数，净推荐值和半宽保留一位，占比保留三位。

# %%
item("expectations-6")

# %% item="expectations-6"
answer_6 = {
    "north ACSI": ..., "north NPS": ..., "north half": ..., "north top": ...,
    "south ACSI": ..., "south NPS": ..., "south half": ..., "south top": ...,
    "verdict": ...,
}
# BEGIN SOLUTION
weights, scores = item("expectations-6").params["weights"], {}
for branch, said in item("expectations-6").table.groupby("branch"):
    scores[branch] = nps(said["recommend"])
    answer_6[f"{branch} ACSI"] = acsi(said[["overall", "against_expectation", "against_ideal"]], weights)
    answer_6[f"{branch} NPS"], answer_6[f"{branch} half"] = scores[branch].score, scores[branch].half_width
    answer_6[f"{branch} top"] = top_box(said["overall"], best=10)[0]
gap = scores["north"].score - scores["south"].score
reach = (scores["north"].half_width ** 2 + scores["south"].half_width ** 2) ** 0.5
answer_6["verdict"] = "unclear" if abs(gap) < reach else "north" if gap > 0 else "south"
# END SOLUTION

# %% check="expectations-6"
check("expectations-6", answer_6)

# %% [markdown] lang="en"
# ## Hand in
#
# Save this notebook, run it once from top to bottom, and hand in the file as your instructor asks. Your numbers can be
# drawn again from your student id, so an edited number changes nothing.

# %% [markdown] lang="zh"
# ## 提交
#
# 保存笔记本，从头到尾运行一遍，再按老师的要求提交文件。你的数字可以由学号重新算出，改动数字没有用。
