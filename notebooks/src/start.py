# %% [markdown] lang="en"
# # Welcome to crmlab
#
# This is a course about customers that you can *run*. You predict, you drag, you answer, and it answers back.
#
# **First move:** click the grey cell below and press **Shift+Enter**. That runs it and moves on. Do the same all the way down.

# %% [markdown] lang="zh"
# # 欢迎来到 crmlab
#
# 这是一门可以*运行*的客户关系课。你预测、拖动、作答，它给你回应。
#
# **第一步**：点一下下面的灰色单元格，按 **Shift+Enter**。这一格随即运行，光标移到下一格。就这样一路按下去。

# %%
from crmlab import check, item, predict, progress, use_language
from crmlab.start.explorer import regulars_or_newcomers
use_language("en")  # [en]
use_language("zh")  # [zh]
print("It runs. Welcome!")  # [en]
print("运行成功，欢迎！")  # [zh]

# %% [markdown] lang="en"
# Never seen Python, or a notebook? The [20-minute primer](primer.ipynb) is for you. 中文版在[这里](../zh/start.ipynb)。
#
# ## How a chapter works, in two minutes
#
# Meet Lanwan Salon Supply (蓝湾美发供应). It sells refills to 1,200 hair salons and appears in every chapter.
#
# **1. Predict.** Commit before you know. Being wrong here is worth more than being right.

# %% [markdown] lang="zh"
# 没用过 Python，也没用过 Jupyter 笔记本？请看[20 分钟入门](primer.ipynb)。The English version is [here](../en/start.ipynb).
#
# ## 两分钟看懂一章怎么学
#
# 先认识蓝湾美发供应（Lanwan Salon Supply）。它向 1,200 家美发店供应补充装，每一章都会出现。
#
# **1. 先预测**：知道答案之前，先表态。在这里，猜错比猜对更有收获。

# %%
predict("start-q1")

# %% [markdown] lang="en"
# **2. Explore.** Run the cell, then drag the sliders, or use the arrow keys. The sentence below the picture says what you see.

# %% [markdown] lang="zh"
# **2. 再探索**：运行单元格，拖动滑块，也可以用方向键。图下的那句话告诉你看到了什么。

# %%
regulars_or_newcomers()

# %% [markdown] lang="en"
# Go back to your prediction and press **Compare**.
#
# **3. Answer.** Some cells wait for you. Run the first one to see the question.

# %% [markdown] lang="zh"
# 回到刚才的预测，按**对照**。
#
# **3. 作答**：有些单元格在等你的答案。先运行第一个，看看题目。

# %%
item("start-p1")

# %% [markdown] lang="en"
# Replace the `...` by your number and run the cell. A wrong answer is fine: read what comes back, and try again.

# %% [markdown] lang="zh"
# 把 `...` 换成你算出的数，再运行。答错没关系：看看反馈，再试一次。

# %%
answer = ...
# BEGIN SOLUTION
answer = item("start-p1").params["customers"] * (100 - item("start-p1").params["stay"]) / 100
# END SOLUTION
check("start-p1", answer)

# %% [markdown] lang="en"
# That is all there is to it. Two habits help: run cells from top to bottom, and if a page gets muddled, choose *Kernel → Restart Kernel and Run All Cells*. Your answers survive that.

# %% [markdown] lang="zh"
# 就这么简单。两个好习惯：从上到下依次运行；页面乱了，就选*内核 → 重启内核 和 运行所有单元格*，你的答案不会丢。

# %% [markdown] lang="en"
# ## Your numbers
#
# Does your instructor give everybody their own numbers? Then put your student id into the brackets, in quotes: `student("2026001")`. Run the cell once; the course remembers it.

# %% [markdown] lang="zh"
# ## 你自己的数字
#
# 老师要求每位同学用自己的一组数字吗？那就把学号写进括号，并加引号：`student("2026001")`。运行一次即可，课程会记住。

# %%
from crmlab import student
print("These numbers belong to:", student() or "the lecture")  # [en]
print("这些数字属于：", student() or "课堂示例")  # [zh]

# %% [markdown] lang="en"
# ## The map
#
# Every chapter takes about 45 to 90 minutes. Run this cell again whenever you want to see how far you are.

# %% [markdown] lang="zh"
# ## 课程地图
#
# 每章大约需要 45 到 90 分钟。想知道学到了哪里，随时重新运行下面的单元格。

# %%
progress()

# %% [markdown] lang="en"
# ## Keep your work
#
# - Notebooks save themselves, and **Ctrl+S** saves at once. Each checked answer is saved as you check it.
# - Everything is in one folder; the cell above says where. Copy that folder to keep it or to move to another computer.
# - An update never overwrites what you changed. A new edition arrives beside your notebook, and the cell above tells you.
# - To continue tomorrow, start the course the same way as today.
#
# **Next:** the [primer](primer.ipynb), or straight to [customer-delivered value](06_delivered_value.ipynb).

# %% [markdown] lang="zh"
# ## 保存你的学习成果
#
# - 笔记本会自动保存，按 **Ctrl+S** 可立即保存。每检查一次答案，答案也随之保存。
# - 所有内容都在一个文件夹里，上面的单元格告诉你它在哪里。复制这个文件夹就能备份，也能搬到另一台电脑。
# - 更新绝不会覆盖你改过的内容。新版本会放在你的笔记本旁边，上面的单元格会提醒你。
# - 明天接着学，启动课程的方法与今天相同。
#
# **下一步**：先看[入门](primer.ipynb)，或直接学习[客户让渡价值](06_delivered_value.ipynb)。
