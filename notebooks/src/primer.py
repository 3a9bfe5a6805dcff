# %% [markdown] lang="en"
# # Python in 20 minutes, for people who never asked for it
#
# You need very little Python for this course: run a cell, change a number, read a table, fill in an answer. Here is all of it.
#
# **How to work:** click a grey cell, guess what it will show, press **Shift+Enter**, compare. Nothing you do here can break anything.

# %% [markdown] lang="zh"
# # 20 分钟 Python 入门：给从没想过要学它的人
#
# 学这门课只需要一点点 Python：运行单元格、改一个数、读一张表、填一个答案。要用的全在这里。
#
# **怎么学**：点一下灰色单元格，先猜它会显示什么，再按 **Shift+Enter** 对照。放心，在这里怎么试都弄不坏。

# %%
from crmlab import check, draw, item, load, use_language
from crmlab.start import customer_base
from crmlab.start.chart import base_over_time
use_language("en")  # [en]
use_language("zh")  # [zh]

# %% [markdown] lang="en"
# ## 1 · A notebook is a page that calculates
#
# This page has two kinds of **cells** (单元格). Text cells are for reading. Grey cells hold **code** (代码) and show their result below.
#
# A number in square brackets, such as `[2]`, says that a cell has run, and as which one. A star, `[*]`, says: still busy.

# %% [markdown] lang="zh"
# ## 1 · 笔记本是会计算的页面
#
# 这一页有两种**单元格**（cell）。文字单元格用来读；灰色单元格里是**代码**（code），结果显示在它下面。
#
# 方括号里的数字，如 `[2]`，表示这一格已经运行过，数字是它的运行次序。星号 `[*]` 表示正在运行。

# %%
12 * 35

# %% [markdown] lang="en"
# 12 refills at 35 yuan each. `*` multiplies, `/` divides, `+` and `-` do what you expect. Brackets come first, as at school.
#
# Guess both results before you run the next cell.

# %% [markdown] lang="zh"
# 12 瓶补充装，每瓶 35 元。`*` 是乘，`/` 是除，`+` 和 `-` 就是加减。和在学校里一样，先算括号里的。
#
# 运行下一格之前，先猜两个结果。

# %%
print(12 * 35 + 20)
print(12 * (35 + 20))

# %% [markdown] lang="en"
# The first pays for delivery once. The second pays for delivery with every bottle.
#
# `print` shows a result in the middle of a cell. Without it, a cell shows its last line only.
#
# **Your turn.** Run the question, then replace the `...` by a number or a calculation.

# %% [markdown] lang="zh"
# 第一个只付一次运费，第二个每瓶都付了一次运费。
#
# `print` 可以在单元格中途显示结果；不用它，单元格只显示最后一行的结果。
#
# **轮到你了**：先运行题目，再把 `...` 换成一个数或一个算式。

# %%
item("start-p2")

# %%
answer = ...
# BEGIN SOLUTION
order = item("start-p2").params
answer = order["bottles"] * order["price"] + order["delivery"]
# END SOLUTION
check("start-p2", answer)

# %% [markdown] lang="en"
# ## 2 · Names remember
#
# `=` gives a result a name. Read it from right to left: work out the right side, and call it by the name on the left. Such a name is a **variable** (变量).

# %% [markdown] lang="zh"
# ## 2 · 名字能记住结果
#
# `=` 给结果起个名字。从右往左读：先算右边，再把结果记在左边的名字下。这样的名字叫**变量**（variable）。

# %%
price = 35
bottles = 12
invoice = price * bottles
invoice

# %% [markdown] lang="en"
# Change `price` to 40 above, run that cell, and look: the invoice follows. Then guess: does the next cell show the old invoice or a new one?

# %% [markdown] lang="zh"
# 把上面的 `price` 改成 40 并运行：账单跟着变。再猜一猜：下一格显示的是旧账单，还是新账单？

# %%
price = 50
invoice

# %% [markdown] lang="en"
# The old one. Python remembers a *result*, not the wish behind it. It works the invoice out again only when you run that line again.
#
# This is the most common muddle in notebooks: cells that ran in another order than they stand. The cure is always the same: **Kernel → Restart Kernel and Run All Cells**.

# %% [markdown] lang="zh"
# 旧的。Python 记住的是*结果*，不是你背后的意图。只有再次运行那一行，账单才会重新计算。
#
# 这是笔记本里最常见的麻烦：运行顺序与排列顺序不一致。解决办法总是同一个：**内核 → 重启内核 和 运行所有单元格**。

# %% [markdown] lang="en"
# ## 3 · Text needs quotes
#
# Words stand in quotes, or Python takes them for names. Straight quotes, please: `"..."`. Curly quotes from a word processor are strangers to Python.

# %% [markdown] lang="zh"
# ## 3 · 文字要加引号
#
# 文字要放在引号里，否则 Python 会把它当成名字。请用英文的直引号：`"..."`。中文的弯引号，Python 不认识。

# %%
supplier = "Lanwan"
print(supplier, "sends", bottles, "bottles")

# %% [markdown] lang="en"
# Three cells, for you to judge without running them:
#
# | key | cell |
# |---|---|
# | `plain` | `35` |
# | `quoted` | `"35"` |
# | `mixed` | `"35" + 35` |
#
# Several answers at once go into a **dictionary** (字典): each key, a colon, its value. Fill in `"number"`, `"text"` or `"error"`.

# %% [markdown] lang="zh"
# 下面三个单元格，先不运行，由你判断：
#
# | 键 | 单元格 |
# |---|---|
# | `plain` | `35` |
# | `quoted` | `"35"` |
# | `mixed` | `"35" + 35` |
#
# 一次给出几个答案时，用**字典**（dictionary）：键、冒号、值。请填 `"number"`（数）、`"text"`（文字）或 `"error"`（出错）。

# %%
answer = {"plain": ..., "quoted": ..., "mixed": ...}
# BEGIN SOLUTION
answer = {"plain": "number", "quoted": "text", "mixed": "error"}
# END SOLUTION
check("start-p3", answer)

# %% [markdown] lang="en"
# ## 4 · Errors are letters, not grades
#
# Sooner or later a cell answers in red. Read the **last line** first: it says what is wrong. The arrow above it says where. Run this one; it is broken on purpose.

# %% [markdown] lang="zh"
# ## 4 · 报错是提示，不是扣分
#
# 迟早会有单元格用红字回答你。先读**最后一行**：它说明错在哪里；上面的箭头指出位置。运行下面这一格，它是故意写错的。

# %% tags=["raises-exception"]
bottles + boxes

# %% [markdown] lang="en"
# `NameError: name 'boxes' is not defined`. Python does not know `boxes`, because nobody gave that name a value. Usually it is a typing slip, or a cell above that has not run.
#
# **Mend it:** put `boxes = 3` on a line of its own above, and run again.

# %% [markdown] lang="zh"
# `NameError: name 'boxes' is not defined`。Python 不认识 `boxes`，因为还没有给它赋过值。多半是拼错了，或者上面有一格还没运行。
#
# **改好它**：在上面单独加一行 `boxes = 3`，再运行。

# %% [markdown] lang="en"
# ## 5 · Functions do the work
#
# A **function** (函数) has a name and round brackets. You put in what it needs, it gives something back. `max` gives the largest; `load` fetches a data set of this course.

# %% [markdown] lang="zh"
# ## 5 · 函数替你干活
#
# **函数**（function）有名字和圆括号。把它需要的东西放进括号，它就返回结果。`max` 返回最大的数；`load` 读取本课程的一个数据集。

# %%
print(max(420, 385, 510))
salons = load("lanwan_salons")
salons.head()

# %% [markdown] lang="en"
# One row per salon, one column per fact. `head()` shows the first five rows. These salons are simulated: nobody's real data is in this course without saying so.
#
# Square brackets pick. A column by its name:

# %% [markdown] lang="zh"
# 一行是一家店，一列是一项信息。`head()` 显示前五行。这些店是模拟的：凡用到真实数据，课程都会说明。
#
# 方括号用来挑选。按列名挑一列：

# %%
salons["chairs"].mean()

# %% [markdown] lang="en"
# Rows by a condition. Inside out: `salons["chairs"] > 5` asks each salon, and the outer brackets keep those that say yes. `len` counts rows.

# %% [markdown] lang="zh"
# 按条件挑行。从里往外读：`salons["chairs"] > 5` 逐家询问，外面的方括号留下回答“是”的。`len` 数行数。

# %%
large = salons[salons["chairs"] > 5]
print(len(salons), len(large))
large.sort_values("members", ascending=False).head(3)

# %% [markdown] lang="en"
# **Your turn.** The question first, then your line of code instead of the `...`.

# %% [markdown] lang="zh"
# **轮到你了**：先看题，再用一行代码替换 `...`。

# %%
item("start-p4")

# %%
answer = ...
# BEGIN SOLUTION
answer = len(salons[salons["chairs"] > item("start-p4").params["chairs"]])
# END SOLUTION
check("start-p4", answer)

# %% [markdown] lang="en"
# ## 6 · Pictures
#
# `draw` takes a chart of the course and what to draw. Here is Lanwan's customer base if 90 of 100 salons stay each quarter and 120 join. Change 0.90 to 0.95, and watch where the line ends.

# %% [markdown] lang="zh"
# ## 6 · 画图
#
# 告诉 `draw` 画哪种图、画什么内容。下面画的是每季度每 100 家留下 90 家、另新增 120 家时，蓝湾客户数的变化。把 0.90 改成 0.95，看看线的终点在哪里。

# %%
base = customer_base(stay=0.90, newcomers=120)
draw(base_over_time, base)

# %% [markdown] lang="en"
# ## 7 · When you are stuck
#
# | what you see | what to do |
# |---|---|
# | `[*]` for a long time | the square button in the toolbar stops it |
# | results that make no sense | *Kernel → Restart Kernel and Run All Cells* |
# | a red `NameError` | run the cells above; check the spelling |
# | a red `SyntaxError` | look for a missing quote, bracket or comma |
# | a cell you spoiled | **Ctrl+Z** inside the cell |
# | a page you spoiled | rename it; the next start of the course brings a fresh one |
#
# ## What you know now
#
# Run a cell, change a number, name a result, put text in quotes, read an error, pick rows and columns, fill in a dictionary. That is enough for every chapter.
#
# **Next:** back to the [start page](start.ipynb), or on to [customer-delivered value](06_delivered_value.ipynb).

# %% [markdown] lang="zh"
# ## 7 · 卡住了怎么办
#
# | 你看到 | 怎么办 |
# |---|---|
# | `[*]` 很久不动 | 按工具栏上的方块按钮停止 |
# | 结果莫名其妙 | *内核 → 重启内核 和 运行所有单元格* |
# | 红色的 `NameError` | 运行上面的单元格；检查拼写 |
# | 红色的 `SyntaxError` | 看看是不是少了引号、括号或逗号 |
# | 改坏了一个单元格 | 在单元格里按 **Ctrl+Z** |
# | 改坏了一整页 | 给它改名；下次启动课程时会得到一份新的 |
#
# ## 现在你会了
#
# 运行单元格、改一个数、给结果起名、给文字加引号、读懂报错、挑行挑列、填写字典。学完各章，这些就够了。
#
# **下一步**：回到[起始页](start.ipynb)，或开始学习[客户让渡价值](06_delivered_value.ipynb)。
