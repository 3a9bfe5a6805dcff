# %% [markdown] lang="en"
# # Graded set 04: loyalty
#
# 6 items, 20 points, about 60 minutes. Chapter 04 has everything you need, and `kappa` comes from chapter 01 (already
# imported).

# %% [markdown] lang="zh"
# # 评分练习 04：客户忠诚
#
# 共 6 题，20 分，约 60 分钟。所需内容都在第 04 章；`kappa` 出自第 01 章，已经导入。

# %% [markdown] lang="en"
# ## How to work
#
# - Write your student id into the second code cell. It decides your numbers; in most items your
#   neighbour has others.
# - For each item, run the cell with the question. Then replace each `...` in the cell below it. Leave the names in
#   quotes as they are.
# - A question shows the first rows of a long table. All rows are in `.table`, such as `item("loyalty-6").table`.
# - Run the check as often as you like. It names the misunderstanding it recognises and keeps the answer to itself.
# - Part answers count. Leave `...` where you have nothing yet.
# - You may calculate by hand or with the functions of the chapter. Using a tool is no cheating; another student's
#   numbers will not help you.

# %% [markdown] lang="zh"
# ## 怎样做
#
# - 在第二个代码单元格里写上你的学号。数字由学号决定；多数题目里，你和旁边同学的数字不同。
# - 每道题先运行题目所在的单元格，再把下面单元格里的每个 `...` 换成你的答案。引号里的名称不要改动。
# - 表格较长时，题目只显示前几行。全部数据在 `.table` 里，例如 `item("loyalty-6").table`。
# - 检查可以反复运行。它能认出常见的误解并给出提示，但不会说出答案。
# - 各小题分别计分。还没有答案的地方保留 `...`。
# - 可以手算，也可以用本章的函数。借助工具不算作弊；别人的数字对你没有用。

# %%
from crmlab import check, item, student, use_language
from crmlab.classification import kappa
from crmlab.loyalty import (
    choice_probabilities, dick_basu, loyalty_variable, relative_attitude, repeat_rate, share_of_requirements,
)

use_language("en")  # [en]
use_language("zh")  # [zh]

# %%
# [en] Put your student id into the brackets of student(), in quotes.
# [zh] 把学号写进 student() 的括号里，并加引号。
print("These numbers belong to:", student() or "the published example")  # [en]
print("这些数字属于：", student() or "公开的示例")  # [zh]

# %% [markdown] lang="en"
# ## Item 1. Four days of one owner
#
# Oliver's loyalty grows in stages. The notes have four types, too, but in another order, and one of them under another
# name. Read what each remark rests on.
#
# Give the order as a list of remarks, such as `["r1", "r2", "r3", "r4"]`. The labels are `"impulse"`, `"affective"`,
# `"cognitive"` and `"behavioural"`.

# %% [markdown] lang="zh"
# ## 第 1 题 一位店主的四天
#
# 奥利弗的忠诚是一个阶段一个阶段形成的。笔记也有四种类型，但顺序不同，其中一种的名称也不同。请看每句话以什么为基础。
#
# 顺序用列表作答，例如 `["r1", "r2", "r3", "r4"]`。标签有 `"impulse"`（冲动型）、`"affective"`（情感型）、
# `"cognitive"`（认知型）和 `"behavioural"`（行为型）。

# %%
item("loyalty-1")

# %% item="loyalty-1"
answer_1 = {
    "order": [...],
    "labels": {"r1": ..., "r2": ..., "r3": ..., "r4": ...},
}
# BEGIN SOLUTION
from crmlab.loyalty.items import REMARKS

kind = {str(text): str(label) for label, texts in REMARKS.items() for text in texts}
labels = item("loyalty-1").table["text"].map(kind)
oliver = ["cognitive", "affective", "impulse", "behavioural"]
answer_1 = {"order": sorted(labels.index, key=lambda name: oliver.index(labels[name])), "labels": dict(labels)}
# END SOLUTION

# %% check="loyalty-1"
check("loyalty-1", answer_1)

# %% [markdown] lang="en"
# ## Item 2. Three measures, three salons
#
# One salon repeats often, one needs mostly Lanwan, one likes Lanwan best. It need not be the same salon.
#
# `repeat_rate` takes a list of brands; `strip.split()` makes one. Give rates and shares with three decimals.

# %% [markdown] lang="zh"
# ## 第 2 题 三个指标，三家店
#
# 有的店重复购买多，有的店需求大多由蓝湾满足，有的店最喜欢蓝湾。三者不一定是同一家。
#
# `repeat_rate` 的参数是品牌的列表，可以用 `strip.split()` 得到。比率和份额保留三位小数。

# %%
item("loyalty-2")

# %% item="loyalty-2"
answer_2 = {
    "K1 repeat": ..., "K1 share": ..., "K1 attitude": ...,
    "K2 repeat": ..., "K2 share": ..., "K2 attitude": ...,
    "K3 repeat": ..., "K3 share": ..., "K3 attitude": ...,
}
# BEGIN SOLUTION
salons = item("loyalty-2").table
bottles = salons.filter(like="bottles_")
share = share_of_requirements(bottles["bottles_Lanwan"], bottles.sum(axis=1))
ahead = relative_attitude(salons[["Lanwan", "Granary", "Laurel", "Meadow"]], "Lanwan")
answer_2 = {}
for place, salon in enumerate(salons.index):
    answer_2[f"{salon} repeat"] = repeat_rate(salons.loc[salon, "strip"].split())
    answer_2[f"{salon} share"] = share[place]
    answer_2[f"{salon} attitude"] = ahead[salon]
# END SOLUTION

# %% check="loyalty-2"
check("loyalty-2", answer_2)

# %% [markdown] lang="en"
# ## Item 3. Two fortnights without Lanwan
#
# A habit is built order by order, and forced orders build one, too. What do two stock-outs leave of it?
#
# The orders are `item("loyalty-3").params["strip"]`, the brands are the rows of the table. `loyalty_variable` follows
# the habit, `choice_probabilities` turns utilities into chances. Give three decimals.

# %% [markdown] lang="zh"
# ## 第 3 题 没有蓝湾的四个星期
#
# 习惯是一单一单养成的，被迫的订货也会养成习惯。两次断货之后，原来的习惯还剩多少？
#
# 订单在 `item("loyalty-3").params["strip"]` 里，品牌是表格的各行。`loyalty_variable` 跟踪习惯，
# `choice_probabilities` 把效用变成概率。保留三位小数。

# %%
item("loyalty-3")

# %% item="loyalty-3"
answer_3 = {
    "loyalty": ...,
    "staying": ...,
}
# BEGIN SOLUTION
given, liked = item("loyalty-3").params, item("loyalty-3").table["attitude"]
orders = [*given["strip"], given["rival"], given["rival"]]
habit = loyalty_variable(orders, list(liked.index), given["carry_over"])
utility = given["attitude_weight"] * liked + given["habit_weight"] * habit.iloc[-1]
answer_3 = {
    "loyalty": habit.loc[len(given["strip"]), "Lanwan"],
    "staying": choice_probabilities(utility)[list(liked.index).index("Lanwan")],
}
# END SOLUTION

# %% check="loyalty-3"
check("loyalty-3", answer_3)

# %% [markdown] lang="en"
# ## Item 4. Six customers and a colleague
#
# A large coefficient on something that hardly moves decides little. Diagnose six customers, then see how far you and a
# colleague agree.
#
# The labels are those of item 1. All terms are in `item("loyalty-4").table`, one row per customer. `kappa(mine, hers)`
# of chapter 01 compares two columns of labels; give three decimals.

# %% [markdown] lang="zh"
# ## 第 4 题 六位客户与一位同事
#
# 系数再大，变量几乎不动，也决定不了什么。请诊断六位客户，再看你和同事的意见有多一致。
#
# 标签与第 1 题相同。各项数字在 `item("loyalty-4").table` 里，每位客户一行。
# 第 01 章的 `kappa(mine, hers)` 比较两列标签；保留三位小数。

# %%
item("loyalty-4")

# %% item="loyalty-4"
answer_4 = {
    "types": {"c1": ..., "c2": ..., "c3": ..., "c4": ..., "c5": ..., "c6": ...},
    "kappa": ...,
}
# BEGIN SOLUTION
fits = item("loyalty-4").table
named = {"promo": "impulse", "attitude": "affective", "info": "cognitive", "habit": "behavioural"}
spread = fits[[f"{term}_spread" for term in named]].to_numpy()
types = (fits[list(named)].abs() * spread).idxmax(axis=1).map(named)
answer_4 = {"types": dict(types), "kappa": kappa(list(types), list(fits["colleague"]))}
# END SOLUTION

# %% check="loyalty-4"
check("loyalty-4", answer_4)

# %% [markdown] lang="en"
# ## Item 5. Match the offer
#
# Each type has its own enemy, so each may need another offer. But money counts: a strong offer can be too dear.
#
# Give each type one of `"discount"`, `"facts"`, `"care"`, `"standing_order"`. The costs are in
# `item("loyalty-5").params`. The chances come from `stress(type, offer=...)` of the chapter.

# %% [markdown] lang="zh"
# ## 第 5 题 对症下药
#
# 每类客户各有所怕，需要的措施也可能不同。可是钱也要算：再有效的措施，也可能太贵。
#
# 请给每一类选一项：`"discount"`（折扣）、`"facts"`（质量资料）、`"care"`（关怀）或 `"standing_order"`（定期送货）。
# 成本在 `item("loyalty-5").params` 里。各概率由本章的 `stress(type, offer=...)` 算出。

# %%
item("loyalty-5")

# %% item="loyalty-5"
answer_5 = {
    "impulse": ..., "affective": ..., "cognitive": ..., "behavioural": ...,
}
# BEGIN SOLUTION
chances, costs = item("loyalty-5").table, item("loyalty-5").params
gain = chances[list(costs)].sub(chances["none"], axis=0)
answer_5 = dict((gain / list(costs.values())).idxmax(axis=1))
# END SOLUTION

# %% check="loyalty-5"
check("loyalty-5", answer_5)

# %% [markdown] lang="en"
# ## Item 6. A rival next door
#
# Many salons come back every fortnight. Some of them only because nobody else is near. Soon somebody will be.
#
# The table has 36 rows: use `item("loyalty-6").table`. `dick_basu` takes relative attitude, repeat rate and the two
# cuts, which are in `.params`. Give a whole number, and whole yuan.

# %% [markdown] lang="zh"
# ## 第 6 题 隔壁来了对手
#
# 很多店每两周都来订货，其中有些只是因为附近没有别家。可别家很快就要来了。
#
# 表格共 36 行，请用 `item("loyalty-6").table`。`dick_basu` 的参数依次是相对态度、重复购买率和两个分界值，
# 分界值在 `.params` 里。店数填整数，金额以元计，取整数。

# %%
item("loyalty-6")

# %% item="loyalty-6"
answer_6 = {
    "spurious": ...,
    "at risk": ...,
}
# BEGIN SOLUTION
street, given = item("loyalty-6").table, item("loyalty-6").params
ahead = relative_attitude(street[["attitude", "best_rival"]], "attitude")
kinds = dick_basu(ahead, street["repeat_rate"], given["attitude_cut"], given["repeat_cut"])
margin = street.groupby(kinds, observed=True)["margin"].sum()
lost = given["leave_spurious"] * margin["spurious"] + given["leave_loyal"] * margin["loyalty"]
answer_6 = {"spurious": (kinds == "spurious").sum(), "at risk": lost}
# END SOLUTION

# %% check="loyalty-6"
check("loyalty-6", answer_6)

# %% [markdown] lang="en"
# ## Hand in
#
# Save this notebook, run it once from top to bottom, and hand in the file as your instructor asks. Your numbers can be
# drawn again from your student id, so an edited number changes nothing.

# %% [markdown] lang="zh"
# ## 提交
#
# 保存笔记本，从头到尾运行一遍，再按老师的要求提交文件。你的数字可以由学号重新算出，改动数字没有用。
