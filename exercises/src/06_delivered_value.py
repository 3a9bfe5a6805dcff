# %% [markdown] lang="en"
# # Graded set 06: customer-delivered value
#
# 6 items, 20 points, about 60 minutes. Chapter 06 has everything you need.

# %% [markdown] lang="zh"
# # 评分练习 06：客户让渡价值
#
# 共 6 题，20 分，约 60 分钟。所需内容都在第 06 章。

# %% [markdown] lang="en"
# ## How to work
#
# - Write your student id into the second code cell. It decides your numbers; in most items your
#   neighbour has others.
# - For each item, run the cell with the question. Then replace each `...` in the cell below it. Leave the names in
#   quotes as they are.
# - Run the check as often as you like. It names the misunderstanding it recognises and keeps the answer to itself.
# - Part answers count. Leave `...` where you have nothing yet.
# - You may calculate by hand or with the functions of the chapter. Using a tool is no cheating; another student's
#   numbers will not help you.

# %% [markdown] lang="zh"
# ## 怎样做
#
# - 在第二个代码单元格里写上你的学号。数字由学号决定；多数题目里，你和旁边同学的数字不同。
# - 每道题先运行题目所在的单元格，再把下面单元格里的每个 `...` 换成你的答案。引号里的名称不要改动。
# - 检查可以运行任意多次。它能认出常见的误解并给出提示，但不会说出答案。
# - 各小题分别计分。还没有答案的地方保留 `...`。
# - 可以手算，也可以用本章的函数。借助工具不算作弊；别人的数字对你没有用。

# %%
from crmlab import check, item, student, use_language
from crmlab.delivered_value import ahp, deliver, economic_value, fit_choices, switch_wage

use_language("en")  # [en]
use_language("zh")  # [zh]

# %%
# [en] Put your student id into the brackets of student(), in quotes.
# [zh] 把学号写进 student() 的括号里，并加引号。
print("These numbers belong to:", student() or "the published example")  # [en]
print("这些数字属于：", student() or "公开的示例")  # [zh]

# %% [markdown] lang="en"
# ## Item 1. What each bid is worth
#
# A salon chain asks three suppliers for a bid. Granary is cheap and slow. Lanwan delivers to the shelf. Laurel has
# the famous name. The owner wants one number per bid: what is left to her after everything she gives.
#
# The table is `item("delivered_value-1").table`, the owner's hour is `item("delivered_value-1").params["wage"]`. The
# function `deliver` wants a column `time_cost`, in money like the others.

# %% [markdown] lang="zh"
# ## 第 1 题 每份报价值多少
#
# 一家连锁店请三家供应商报价。谷仓（Granary）便宜但慢；蓝湾（Lanwan）送货上架；月桂（Laurel）名气大。
# 店主希望每份报价只看一个数：付出一切之后，她还剩多少。
#
# 表格是 `item("delivered_value-1").table`，店主一小时的价值是 `item("delivered_value-1").params["wage"]`。函数
# `deliver` 需要一列 `time_cost`，与其他列一样以钱计。

# %%
item("delivered_value-1")

# %% item="delivered_value-1"
answer_1 = {
    "Granary value": ..., "Granary cost": ..., "Granary difference": ...,
    "Lanwan value": ..., "Lanwan cost": ..., "Lanwan difference": ...,
    "Laurel value": ..., "Laurel cost": ..., "Laurel difference": ...,
    # [en] the supplier's name in quotes
    # [zh] 供应商的英文名，写在引号里
    "winner": ...,
}
# BEGIN SOLUTION
bids = item("delivered_value-1").table
bids["time_cost"] = bids["hours"] * item("delivered_value-1").params["wage"]
totals = deliver(bids)
answer_1 = {"winner": totals["delivered_value"].idxmax()}
for supplier, row in totals.iterrows():
    answer_1[f"{supplier} value"] = row["total_value"]
    answer_1[f"{supplier} cost"] = row["total_cost"]
    answer_1[f"{supplier} difference"] = row["delivered_value"]
# END SOLUTION

# %% check="delivered_value-1"
check("delivered_value-1", answer_1)

# %% [markdown] lang="en"
# ## Item 2. Two rankings
#
# A salon needs a new washing station, once. Three makers, A, B and C, give their offers. The salon's two managers
# have worked out total value and total cost, and now they quarrel about the ranking.
#
# Answer the first two lines with a list, best first, such as `["C", "A", "B"]`. The third line is one of
# `"difference"`, `"ratio"`, `"either"`.

# %% [markdown] lang="zh"
# ## 第 2 题 两个排名
#
# 某店要买一套新的洗头设备，只买一次。A、B、C 三家厂商给出报价。店里的两位经理算好了总价值和总成本，
# 却在排名上争了起来。
#
# 前两行用列表作答，最好的在前，例如 `["C", "A", "B"]`。第三行从
# `"difference"`（按差额）、`"ratio"`（按比率）、`"either"`（都行）中选一个。

# %%
item("delivered_value-2")

# %% item="delivered_value-2"
answer_2 = {
    "by difference": [..., ..., ...],
    "by ratio": [..., ..., ...],
    "one-off buyer": ...,
}
# BEGIN SOLUTION
offers = item("delivered_value-2").table
difference = offers["total_value"] - offers["total_cost"]
ratio = offers["total_value"] / offers["total_cost"]
answer_2 = {
    "by difference": list(difference.sort_values(ascending=False).index),
    "by ratio": list(ratio.sort_values(ascending=False).index),
    "one-off buyer": "difference",
}
# END SOLUTION

# %% check="delivered_value-2"
check("delivered_value-2", answer_2)

# %% [markdown] lang="en"
# ## Item 3. The hour at which the chain switches
#
# Two suppliers differ in price and in the hours they cost the chain. There is one value of an hour at which both are
# equally good. Below it the chain stays, above it the chain switches.

# %% [markdown] lang="zh"
# ## 第 3 题 一小时值多少时会换
#
# 两家供应商只在价格和占用的时间上不同。一小时取某个价值时，两家一样好。低于它，连锁店不换；高于它，就换。

# %%
item("delivered_value-3")

# %% item="delivered_value-3"
answer_3 = ...
# BEGIN SOLUTION
numbers = item("delivered_value-3").params
answer_3 = switch_wage(numbers["price_1"], numbers["hours_1"], numbers["price_2"], numbers["hours_2"])
# END SOLUTION

# %% check="delivered_value-3"
check("delivered_value-3", answer_3)

# %% [markdown] lang="en"
# ## Item 4. Does she contradict herself?
#
# A salon owner compares the four values two at a time. One of her six judgements does not fit the others. Find her
# weights, say how consistent she is, and tell which comparison to ask again.
#
# `item("delivered_value-4").table` is the square table, and `ahp` reads it. Give weights and ratio with three
# decimals. The last line takes two of the four names, such as `["product", "service"]`.

# %% [markdown] lang="zh"
# ## 第 4 题 她自相矛盾吗
#
# 一位店主对四项价值做了两两比较。六个判断中有一个与其余的对不上。求她的权重，说明她有多一致，并指出应重新判断哪一对。
#
# `item("delivered_value-4").table` 是判断矩阵，可以交给 `ahp`。权重和比率保留三位小数。最后一行写四个名称中的两个，
# 例如 `["product", "service"]`。

# %%
item("delivered_value-4")

# %% item="delivered_value-4"
answer_4 = {
    "product": ..., "service": ..., "personnel": ..., "image": ...,
    "consistency ratio": ...,
    "revisit": [..., ...],
}
# BEGIN SOLUTION
judged = ahp(item("delivered_value-4").table)
answer_4 = {
    **judged.weights,
    "consistency ratio": judged.consistency_ratio,
    "revisit": list(judged.worst_pair),
}
# END SOLUTION

# %% check="delivered_value-4"
check("delivered_value-4", answer_4)

# %% [markdown] lang="en"
# ## Item 5. What the tractor is worth
#
# The example numbers are a classic of the textbook by Kotler and Keller: a tractor that costs more than its rival
# and still is the better buy. A seller who knows the economic value to the customer can explain a premium, and sees
# what a discount really is.

# %% [markdown] lang="zh"
# ## 第 5 题 这台拖拉机值多少
#
# 示例数字出自科特勒与凯勒教材中的经典例子：一台拖拉机比对手贵，却更划算。销售人员算出客户经济价值，
# 才说得清溢价，也才看得清折扣到底是什么。

# %%
item("delivered_value-5")

# %% item="delivered_value-5"
answer_5 = {
    "economic value": ...,
    "premium": ...,
    "value left": ...,
}
# BEGIN SOLUTION
numbers = item("delivered_value-5").params
extras = [numbers[name] for name in ("durability", "reliability", "service", "warranty")]
value = economic_value(numbers["reference"], extras)
price = value - numbers["discount"]
answer_5 = {"economic value": value, "premium": price - numbers["reference"], "value left": value - price}
# END SOLUTION

# %% check="delivered_value-5"
check("delivered_value-5", answer_5)

# %% [markdown] lang="en"
# ## Item 6. What choices reveal
#
# Nobody was asked what service is worth. The salons only chose, and their choices tell.
# `item("delivered_value-6").table` holds them; you see its first rows. `fit_choices` finds coefficients and money
# weights. Pay attention to the unit.

# %% [markdown] lang="zh"
# ## 第 6 题 选择透露了什么
#
# 没有人被问到服务值多少钱。这些店只做了选择，而选择会说话。`item("delivered_value-6").table` 是全部选择，
# 这里显示前几行。`fit_choices` 求出系数和以钱计的权重。注意单位。

# %%
item("delivered_value-6")

# %% item="delivered_value-6"
answer_6 = ...
# BEGIN SOLUTION
answer_6 = fit_choices(item("delivered_value-6").table).weights["service"]
# END SOLUTION

# %% check="delivered_value-6"
check("delivered_value-6", answer_6)

# %% [markdown] lang="en"
# ## Hand in
#
# Save this notebook, run it once from top to bottom, and hand in the file as your instructor asks. Your numbers can be
# drawn again from your student id, so an edited number changes nothing.

# %% [markdown] lang="zh"
# ## 提交
#
# 保存笔记本，从头到尾运行一遍，再按老师的要求提交文件。你的数字可以由学号重新算出，改动数字没有用。
