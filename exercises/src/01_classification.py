# %% [markdown] lang="en"
# # Graded set 01: classification
#
# 6 items, 20 points, about 60 minutes. Chapter 01 has everything you need.

# %% [markdown] lang="zh"
# # 评分练习 01：客户分类
#
# 共 6 题，20 分，约 60 分钟。所需内容都在第 01 章。

# %% [markdown] lang="en"
# ## How to work
#
# - Write your student id into the second code cell. It decides your numbers; in most items your
#   neighbour has others.
# - For each item, run the cell with the question. Then replace each `...` in the cell below it. Leave the names in
#   quotes as they are.
# - A question shows the first rows of a long table. All rows are in `.table`, such as `item("classification-4").table`.
# - Run the check as often as you like. It names the misunderstanding it recognises and keeps the answer to itself.
# - Part answers count. Leave `...` where you have nothing yet.
# - You may calculate by hand or with the functions of the chapter. Using a tool is no cheating; another student's
#   numbers will not help you.

# %% [markdown] lang="zh"
# ## 怎样做
#
# - 在第二个代码单元格里写上你的学号。数字由学号决定；多数题目里，你和旁边同学的数字不同。
# - 每道题先运行题目所在的单元格，再把下面单元格里的每个 `...` 换成你的答案。引号里的名称不要改动。
# - 表格较长时，题目只显示前几行。全部数据在 `.table` 里，例如 `item("classification-4").table`。
# - 检查可以运行任意多次。它能认出常见的误解并给出提示，但不会说出答案。
# - 各小题分别计分。还没有答案的地方保留 `...`。
# - 可以手算，也可以用本章的函数。借助工具不算作弊；别人的数字对你没有用。

# %%
from crmlab import check, item, student, use_language
from crmlab.classification import importance, kappa, measure, prompt_targets, schedule, urgency

use_language("en")  # [en]
use_language("zh")  # [zh]

# %%
# [en] Put your student id into the brackets of student(), in quotes.
# [zh] 把学号写进 student() 的括号里，并加引号。
print("These numbers belong to:", student() or "the published example")  # [en]
print("这些数字属于：", student() or "公开的示例")  # [zh]

# %% [markdown] lang="en"
# ## Item 1. Twelve days on Monday
#
# Twelve matters lie on the desk, each with the day on which it is due. Half of them sit on an edge or right behind
# one, and there the rule decides, not you. Read which side your rule closes.
#
# Give each day one of `"urgent"`, `"moderate"` (moderately urgent), `"non_urgent"`, `"slow"` (slow response). The
# table is `item("classification-1").table`; `urgency(days, closed=...)` sorts a column of days.

# %% [markdown] lang="zh"
# ## 第 1 题 周一的十二个日子
#
# 桌上有十二件事务，各有到期日。其中一半落在边界上，或刚过边界。这些日子归哪一类，由规则说了算，不由你定。
# 请看清你的规则是哪一侧闭合。
#
# 每个日子写上 `"urgent"`（急）、`"moderate"`（缓急）、`"non_urgent"`（不紧急）或 `"slow"`（可慢反应）。表格是
# `item("classification-1").table`；`urgency(days, closed=...)` 能给一列天数归类。

# %%
item("classification-1")

# %% item="classification-1"
answer_1 = {
    "d1": ..., "d2": ..., "d3": ..., "d4": ..., "d5": ..., "d6": ...,
    "d7": ..., "d8": ..., "d9": ..., "d10": ..., "d11": ..., "d12": ...,
}
# BEGIN SOLUTION
question = item("classification-1")
answer_1 = dict(urgency(question.table["due_in_days"], closed=question.params["closed"]))
# END SOLUTION

# %% check="classification-1"
check("classification-1", answer_1)

# %% [markdown] lang="en"
# ## Item 2. A gap and an overlap
#
# A good classification gives every customer one class: not none, not two. A colleague has written down his two rules
# in a hurry. Take him at his word and find the two contacts that show what is wrong.

# %% [markdown] lang="zh"
# ## 第 2 题 遗漏与重叠
#
# 好的分类让每位客户有且只有一类。一位同事匆忙写下了两条规则。请逐字照他的话去做，找出暴露问题的两位客户。

# %%
item("classification-2")

# %% item="classification-2"
answer_2 = {
    # [en] an id in quotes, such as "K1"
    # [zh] 编号写在引号里，例如 "K1"
    "gap": ...,
    "overlap": ...,
}
# BEGIN SOLUTION
contacts = item("classification-2").table
has_status = (contacts["last_order_months"] != "never") | contacts["offer"].isin(["open", "none"])
two_tiers = contacts["due_in_days"].isin([7, 30, 90])
answer_2 = {"gap": has_status.idxmin(), "overlap": two_tiers.idxmax()}
# END SOLUTION

# %% check="classification-2"
check("classification-2", answer_2)

# %% [markdown] lang="en"
# ## Item 3. One fitter, five salons
#
# Whoever comes first in the order makes all others wait. Two simple rules compete: earliest due date first, and
# shortest job first. Each is best at something.
#
# The example numbers are those of five architects' jobs in the textbook by Heizer and Render.
# `schedule(item("classification-3").table, "edd")` puts the jobs in order, and `measure` sums the order up. Give all
# four numbers with one decimal.

# %% [markdown] lang="zh"
# ## 第 3 题 一位师傅，五家店
#
# 谁排在前面，就让后面的都等着。两条简单的规则在竞争：最早到期优先（EDD）和最短工时优先（SPT），各有所长。
#
# 示例数字出自 Heizer 与 Render 教材中五项建筑设计任务的例子。`schedule(item("classification-3").table, "edd")` 排出顺序，
# `measure` 算出各项指标。四个数都保留一位小数。

# %%
item("classification-3")

# %% item="classification-3"
answer_3 = {
    "EDD completion": ..., "EDD tardiness": ...,
    "SPT completion": ..., "SPT tardiness": ...,
}
# BEGIN SOLUTION
answer_3 = {}
for rule in ("edd", "spt"):
    found = measure(schedule(item("classification-3").table, rule))
    answer_3[f"{rule.upper()} completion"] = found.mean_completion_days
    answer_3[f"{rule.upper()} tardiness"] = found.mean_tardiness_days
# END SOLUTION

# %% check="classification-3"
check("classification-3", answer_3)

# %% [markdown] lang="en"
# ## Item 4. Who flips?
#
# "Important by the deal on the table or by the potential behind it", says the handbook. Two managers read this "or"
# in two ways. The contacts stay the same; some of their labels do not.
#
# All 40 contacts are in `item("classification-4").table`. `importance(contacts, "either", threshold=...)` labels them
# by one reading, with `"sum"` by the other. Give one whole number.

# %% [markdown] lang="zh"
# ## 第 4 题 谁换了标签？
#
# 手册上说：“按眼前的交易或背后的潜力，判断客户是否重要。”两位经理对这个“或”有两种读法。客户没变，有些标签却变了。
#
# 全部 40 位客户在 `item("classification-4").table` 里。`importance(contacts, "either", threshold=...)` 按一种读法贴标签，
# 换成 `"sum"` 就是另一种。请填一个整数。

# %%
item("classification-4")

# %% item="classification-4"
answer_4 = ...
# BEGIN SOLUTION
question = item("classification-4")
by_either, by_sum = (
    importance(question.table, scorer, threshold=question.params["threshold"]) for scorer in ("either", "sum")
)
answer_4 = int((by_either != by_sum).sum())
# END SOLUTION

# %% check="classification-4"
check("classification-4", answer_4)

# %% [markdown] lang="en"
# ## Item 5. Whom to prompt
#
# The service screen shows A (best customers), B (much headroom) or C (ordinary). A prompt reminds the agent to offer
# something more. There are fewer prompts than customers, so you have to choose.
#
# Write `"all"`, `"some"` or `"none"` for each code; `"some"` means not all. The table is
# `item("classification-5").table`, and `prompt_targets(codes, capacity, rule)` tries a rule.

# %% [markdown] lang="zh"
# ## 第 5 题 提示谁
#
# 话务员的屏幕上显示 A（最好的客户）、B（增长空间大的客户）或 C（普通客户）。提示会提醒话务员多推荐一样东西。
# 提示的次数少于客户数，所以必须选择。
#
# 每一类写 `"all"`（全部）、`"some"`（一部分，不是全部）或 `"none"`（一个也不）。表格是 `item("classification-5").table`，
# `prompt_targets(codes, capacity, rule)` 可以试一条规则。

# %%
item("classification-5")

# %% item="classification-5"
answer_5 = {
    "prompts": {"A": ..., "B": ..., "C": ...},
    "extra sales": ...,
}
# BEGIN SOLUTION
codes = item("classification-5").table
targets = prompt_targets(codes, item("classification-5").params["capacity"], "uplift")
shares = targets.allocation / codes["size"]
answer_5 = {
    "prompts": {code: {0: "none", 1: "all"}.get(share, "some") for code, share in shares.items()},
    "extra sales": targets.extra_sales,
}
# END SOLUTION

# %% check="classification-5"
check("classification-5", answer_5)

# %% [markdown] lang="en"
# ## Item 6. Reading notes
#
# Some facts about a good customer stand in no table, only in what the account managers write. To count them, somebody
# has to code them. Then a second person codes them again, because readers slip.
#
# First code the notes without looking at the two columns of your colleagues. The labels are `"urgent_need"`,
# `"buying_power"`, `"low_cost_to_serve"`, `"small_risk"`, `"lasting_relation"`. The notes are checked five at a time.
# Then compare the two colleagues with each other: `kappa` takes their two columns of `item("classification-6").table`.

# %% [markdown] lang="zh"
# ## 第 6 题 读记录
#
# 好客户的有些特点不在任何表格里，只在客户经理写的记录里。要统计，就得有人编码；再由另一个人编一遍，因为谁都会看走眼。
#
# 先自己编码，不看两位同事的两列。标签是 `"urgent_need"`（需求迫切）、`"buying_power"`（购买力）、
# `"low_cost_to_serve"`（服务成本低）、`"small_risk"`（风险小）、`"lasting_relation"`（长期关系）。记录每五条检查一次。
# 然后比较两位同事：`kappa` 的两个参数是 `item("classification-6").table` 中他们的两列。

# %%
item("classification-6")

# %% item="classification-6"
answer_6 = {
    "v1-v5": {"v1": ..., "v2": ..., "v3": ..., "v4": ..., "v5": ...},
    "v6-v10": {"v6": ..., "v7": ..., "v8": ..., "v9": ..., "v10": ...},
    "v11-v15": {"v11": ..., "v12": ..., "v13": ..., "v14": ..., "v15": ...},
    "v16-v20": {"v16": ..., "v17": ..., "v18": ..., "v19": ..., "v20": ...},
    "kappa": ...,
}
# BEGIN SOLUTION
from crmlab.classification.vignettes import VIGNETTES

trait = {str(text): name for name, texts in VIGNETTES.items() for text in texts}
notes = item("classification-6").table
labels = notes["text"].map(trait)
answer_6 = {"kappa": kappa(notes["coder_a"], notes["coder_b"])}
for first in range(1, 20, 5):
    answer_6[f"v{first}-v{first + 4}"] = dict(labels.iloc[first - 1 : first + 4])
# END SOLUTION

# %% check="classification-6"
check("classification-6", answer_6)

# %% [markdown] lang="en"
# ## Hand in
#
# Save this notebook, run it once from top to bottom, and hand in the file as your instructor asks. Your numbers can be
# drawn again from your student id, so an edited number changes nothing.

# %% [markdown] lang="zh"
# ## 提交
#
# 保存笔记本，从头到尾运行一遍，再按老师的要求提交文件。你的数字可以由学号重新算出，改动数字没有用。
