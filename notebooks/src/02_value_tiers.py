# %% [markdown] lang="en"
# # 02 · Value tiers: ABC, 80/20, RFM
#
# > **Lanwan's owner asks:** "A fifth of my customers make me rich, I read. Which fifth? And why do I keep the others?"
#
# By the end you can say how unequal her customers are, whom to keep close, whom to write to, and whom to let go. You will
# also have repaired a table that arrives in pieces.
#
# **Time:** about 85 minutes, then practice. **Data:** Lanwan's 1,200 accounts and a mail test of 30,000 letters, both
# simulated. At the end, 6,919 real orders of a music shop.

# %% [markdown] lang="zh"
# # 02 · 价值分层：ABC、80/20、RFM
#
# > **蓝湾的老板问**：“书上说，五分之一的客户就能让我发财。是哪五分之一？其余的，我还留着做什么？”
#
# 学完本章，你能说清她的客户有多不平均，也说得出该跟紧谁，给谁写信，放弃谁。你还会修好一张支离破碎的表。
#
# **时间**：约 85 分钟，练习另计。**数据**：蓝湾的 1,200 家客户，以及一次邮寄测试的 30,000 封信，都是模拟数据。最后是一家音乐商店的 6,919 笔真实订单。

# %% [markdown] lang="en"
# ## You will be able to
#
# 1. **repair** a table by its constraints, and **measure** inequality by Lorenz curve, Gini and concentration;
# 2. **tell apart** the meanings of "A customer", and **test** the sentence "80/20/30";
# 3. **find** where profit is made and lost with a whale curve;
# 4. **code** customers by RFM and pick the cells that pay;
# 5. **share out** contact hours, and **decide** when letting a customer go raises profit.

# %% [markdown] lang="zh"
# ## 学完本章，你能够
#
# 1. 根据约束条件**修复**一张表，并用洛伦兹曲线、基尼系数和集中度**衡量**不平均的程度；
# 2. **分清**“A 类客户”的几种含义，并**检验**“80/20/30”这句话；
# 3. 用鲸鱼曲线**找出**利润在哪里赚到，又在哪里亏掉；
# 4. 用 RFM 给客户**编码**，挑出划算的格；
# 5. **分配**联络工时，并**判断**什么时候放弃一家客户能增加利润。

# %%
from math import exp

from IPython.display import display

from crmlab import check, draw, item, load, practise, predict, real_data, recall, use_language
from crmlab.value_tiers import allocate, break_even_response, gini, hhi, lorenz, pareto_class, pareto_shape, pareto_share
from crmlab.value_tiers import portfolio, rfm, rfm_scores, rfm_segments, roll_out, top_share, top_share_interval
from crmlab.value_tiers import value_tier, whale_curve
from crmlab.value_tiers.chart import lorenz_lines, margin_by_size
from crmlab.value_tiers.explorer import let_them_go, mail_by_rfm, repair_pyramid, whale_maker
use_language("en")  # [en]
use_language("zh")  # [zh]

# %% [markdown] lang="en"
# ## Warm-up
#
# Three questions from earlier chapters, from memory. If your course skipped one of them, guess: the feedback brings the
# idea back in a line.

# %% [markdown] lang="zh"
# ## 热身
#
# 先凭记忆回答前面章节的三个问题。如果你的课程跳过了某一章，就猜一猜：反馈会用一句话点明要点。

# %%
recall("value_tiers")

# %% [markdown] lang="en"
# ## The case: twelve hundred accounts
#
# Lanwan's owner has three sentences underlined in her notes. "Twenty percent of the customers make eighty percent of the
# profit." "But thirty percent lose money and cancel half of it." "So remove the worst." She wants to act on Monday.
#
# Her controller has brought a table: one row per salon, with what it buys, the hours spent on it, the returns, and what is
# left, the **contribution** (贡献). A visit a year costs 120, an hour of service 35.
#
# Before you compute anything, look at the three largest accounts.

# %% [markdown] lang="zh"
# ## 案例：一千二百家客户
#
# 蓝湾的老板在笔记里给三句话画了线：“两成客户创造八成利润。”“可是三成客户亏钱，把其中一半抵消掉了。”“所以要剔除最差的客户。”她打算周一就动手。
#
# 财务主管拿来一张表：每家店一行，写着它买了多少、占用多少工时、退了多少货，最后剩下多少，也就是**贡献**（contribution）。每年上门拜访一次，花 120 元；服务工时每小时 35 元。
#
# 先别计算，看看最大的三家客户。

# %%
accounts = load("value_tiers_accounts").set_index("salon_id")
money = ["revenue", "gross_margin", "service_hours", "returns", "contribution"]
accounts.nlargest(3, "revenue")[money]

# %% [markdown] lang="en" tags=["instructor"]
# **Instructor.** To here 10 minutes. Ask which of the three sentences the room believes, and count hands; write the counts
# beside each. Then show the table and ask what the first line is. Somebody will say "our best customer". Leave it there.

# %% [markdown] lang="zh" tags=["instructor"]
# **教师提示**：到此 10 分钟。问全班相信三句话中的哪一句，数一数举手的人，把人数写在每句旁边。然后亮出表格，问第一行是什么样的客户。总会有人说“我们最好的客户”。先不点破。

# %% [markdown] lang="en" teaches="tiers.abc-pyramid"
# ## 1 · A pyramid in pieces
#
# The revision notes sort customers into a **customer pyramid** (客户金字塔), also called ABC analysis, of four tiers. For each
# they give three numbers. But the text arrives with line breaks in the wrong places, so that "(4, 23, 25)" looks like
# item 4 of a list, and "1" and "5" stand on two lines. The columns have no names. We read them as percent of customers, of
# revenue and of profit.
#
# There is one clue: shares add up to 100. Commit to a prediction about the pyramid, then repair it.
#
# **W02.1 Repair the pyramid. Task:** keep the order of the numbers and make every column add up to 100. Then read the
# sentence below the picture from left to right.

# %% [markdown] lang="zh"
# ## 1 · 支离破碎的金字塔
#
# 复习笔记把客户分成四层，这就是**客户金字塔**（customer pyramid），也叫 ABC 分类法。每一层给了三个数。可是原文断行断错了地方：“（4、23、25）”看上去像列表的第 4 条，“1”和“5”又被拆到两行。各列也没有名称，本课读作占客户数、收入和利润的百分比。
#
# 线索只有一条：份额加起来是 100。先对金字塔作出预测，再动手修。
#
# **W02.1 修复金字塔。任务**：数的先后不变，使每一列的合计都是 100。然后把图下的那句话从头到尾读一遍。

# %%
predict("value_tiers-q1")

# %%
repair_pyramid()

# %% [markdown] lang="en" teaches="tiers.pareto-profit tiers.pareto-sales tiers.a-class"
# ## 2 · 80/20: law or finding?
#
# Only one grouping works. The curve beside the columns is the **Lorenz curve** (洛伦兹曲线): line customers up from poor to
# rich and add up what they bring. The deeper it sags, the more unequal they are. The **Gini coefficient** (基尼系数) is
# twice the area between curve and diagonal:
#
# $$G = 1 - \sum_k (X_k - X_{k-1})(Y_k + Y_{k-1})$$
#
# In words: one minus twice the area below the curve, cut into strips; $X$ and $Y$ are the running shares of customers and
# of value. It is 0 when all bring the same.
#
# "80% of the profit comes from 20% of the customers", say two of the notes. One adds "80% of the sales" and calls the 20%
# the **A class** (A类客户). There is a distribution in which this holds, the Pareto law:
#
# $$s(q) = q^{1 - 1/\alpha}$$
#
# In words: the top share $q$ of the customers brings the share $s$; the smaller $\alpha$, the more unequal. With $\alpha = 1.161$ the top 20% bring 80% and the top
# 1% bring 53%. The notes' pyramid follows another law. And Lanwan? Read the two shares with their intervals: so much could
# another set of customers of the same kind differ.

# %% [markdown] lang="zh"
# ## 2 · 80/20：是定律，还是测出来的？
#
# 只有一种分法行得通。柱子旁边的曲线叫**洛伦兹曲线**（Lorenz curve）：把客户按带来的收入从少到多排好，逐个累加。曲线往下坠得越深，客户之间越不平均。**基尼系数**（Gini coefficient）是曲线与对角线之间面积的两倍：
#
# $$G = 1 - \sum_k (X_k - X_{k-1})(Y_k + Y_{k-1})$$
#
# 用文字表述：把曲线下方切成窄条，求出总面积，再用一减去它的两倍；$X$ 和 $Y$ 分别是客户和价值的累计份额。人人带来的一样多时，基尼系数为 0。
#
# “80% 的利润来自 20% 的客户”，有两篇笔记这样说。其中一篇还加上“80% 的销售额”，并把这 20% 称为 **A 类客户**（A class）。确实有一种分布正好如此，就是帕累托分布：
#
# $$s(q) = q^{1 - 1/\alpha}$$
#
# 用文字表述：排名最前、占比为 $q$ 的客户，带来的份额是 $s$；$\alpha$ 越小，越不平均。当 $\alpha = 1.161$ 时，前 20% 带来 80%，前 1% 带来 53%。笔记里的金字塔服从的是另一种规律。那么蓝湾呢？下面两个份额要连同区间一起看：换一批同类的客户，结果就可能差这么多。

# %%
tiers = accounts.groupby(value_tier(accounts["revenue"]), observed=True)[["revenue", "contribution"]].sum()
print((100 * tiers / tiers.sum()).round(1).iloc[::-1])
print("80/20:", round(pareto_shape(0.2, 0.8), 3), round(pareto_share(0.01, 1.161), 2))
for what in ("revenue", "contribution"):
    low, high = top_share_interval(accounts[what])
    print(what, round(top_share(accounts[what]), 2), "between", round(low, 2), "and", round(high, 2))  # [en]
    print(what, round(top_share(accounts[what]), 2), "区间", round(low, 2), "到", round(high, 2))  # [zh]
# [en] Note 4's A class is a fifth of the customers. Is it the same fifth by sales and by profit?
# [zh] 笔记 4 的 A 类，是客户的五分之一。按销售额和按利润，是同样的五分之一吗？
by_sales, by_profit = (pareto_class(accounts[what]) == "A" for what in ("revenue", "contribution"))
print(int(by_sales.sum()), int(by_profit.sum()), int((by_sales & by_profit).sum()))
round(gini([1] * len(accounts), accounts["revenue"]), 3)

# %% [markdown] lang="en"
# So 80/20 is a finding, and every firm has its own: 66% of the revenue, with an interval up to 70, is not 80. The top fifth *by profit* makes more than all of the profit, because
# others lose money. And the notes speak of *the* 20%, as if they were the same people: they are not.
#
# "A customer" has more than one meaning: a tier by rank (here 12 accounts), those who make the first 80% of the profit
# (here 46), and the code on the agent's screen of chapter 01. Note 4's fifth (240) is another one. Which does each remark mean? Use `"pyramid"`, `"pareto"` or `"service_code"`.
#
# | key | remark |
# |---|---|
# | `twelfth` | She is twelfth of our 1,200: just inside |
# | `four_tiers` | Below A come large, medium and small |
# | `add_up` | Add up profit from the best down; who is needed for 80% is A |
# | `unknown_size` | How many are A, I only know after adding up |
# | `pops_up` | When she rings, an A pops up |
# | `next_to_b` | A is served best; B is the one to sell more to |

# %% [markdown] lang="zh"
# 可见 80/20 是测出来的，每家企业各有各的数：这里是收入的 66%，区间上限也不过 70，不是 80。*按利润*排在前五分之一的客户，创造的利润比全部利润还多，因为另有客户在亏损。笔记里说“这 20%”，好像买得最多的和利润最高的是同一批客户，其实不是。
#
# “A 类客户”不止一种意思：按名次排在最高一层的（这里是 12 家），合起来创造前 80% 利润的（这里是 46 家），还有第 01 章话务员屏幕上的那个代码。笔记 4 说的五分之一（240 家）又是另一种。下面每句话说的是哪一种？用 `"pyramid"`（金字塔）、`"pareto"`（帕累托）或 `"service_code"`（客户代码）作答。
#
# | 键 | 一句话 |
# |---|---|
# | `twelfth` | 她在 1,200 家里排第十二：刚好在内 |
# | `four_tiers` | A 下面还有大客户、中等客户和小客户 |
# | `add_up` | 从最好的客户起累加利润，加到 80% 为止的都是 A |
# | `unknown_size` | A 有多少家，要加完才知道 |
# | `pops_up` | 她一来电，就跳出一个 A |
# | `next_to_b` | A 要服务得最好；B 才是要多推销的 |

# %%
answer = {"twelfth": ..., "four_tiers": ..., "add_up": ..., "unknown_size": ..., "pops_up": ..., "next_to_b": ...}
# BEGIN SOLUTION
answer = {"twelfth": "pyramid", "four_tiers": "pyramid", "add_up": "pareto"}
answer |= {"unknown_size": "pareto", "pops_up": "service_code", "next_to_b": "service_code"}
# END SOLUTION
check("value_tiers-p10", answer)

# %% [markdown] lang="en" teaches="tiers.80-20-30"
# ## 3 · 80/20/30
#
# The second sentence is stronger: "80% of the profit from 20% of the customers, and 30% lose money and cancel half of it."
# Line up customers from the most to the least profitable and add up. The curve climbs, and then falls when the
# loss-makers come. It is called a **whale curve** (鲸鱼曲线). How high does this whale rise? Commit first,
# then do the task of **W02.2 Whale maker**. Its dashed line is the sentence, the blue one Lanwan.

# %% [markdown] lang="zh"
# ## 3 · 80/20/30
#
# 第二句话更厉害：“80% 的利润来自 20% 的客户，另有 30% 的客户亏损，把其中一半抵消掉了。”把客户从最盈利的到最亏损的排好，逐个累加。曲线先往上爬，轮到亏损客户时又落下来，状如鲸背，所以叫**鲸鱼曲线**（whale curve）。这头鲸能升多高？先作出预测，再完成 **W02.2 画鲸鱼**的任务。图中虚线是这句话，蓝线是蓝湾。

# %%
predict("value_tiers-q2")

# %%
whale_maker()

# %% [markdown] lang="en"
# 140, 167 or 200 percent: one sentence, three firms. "Half" is a share, and a share without its base says nothing. The
# sentence goes back to Sherden (1994), as Kotler quotes it; which half was meant stays open.
#
# With the last slider at 0, nobody loses money and the total profit is the same. The hours make the loss-makers. The first
# line of the next cell counts them per 1,000 yuan of revenue. Now a small
# whale of your own: give the number of customers at its peak, and the height there in percent of the final profit.

# %% [markdown] lang="zh"
# 140%、167% 还是 200%：一句话，三家企业。“一半”是份额，份额不说基数，等于没说。这句话最早见于 Sherden（1994），科特勒引用过；究竟是什么的一半，并不清楚。
#
# 把最后一个滑块调到 0，就没有客户亏损，而总利润不变。亏损客户是工时造成的。下一个单元格输出的第一行，算的是每 1,000 元收入占用多少工时。现在来看你自己的一头小鲸：到达峰值时累加了几位客户，峰值是最终利润的百分之几？

# %%
per_1000 = 1000 * accounts["service_hours"] / accounts["revenue"]
print(per_1000.groupby(accounts["contribution"] < 0).median().round(1).to_dict())
eight = item("value_tiers-p5").table["contribution"]
print(eight.to_dict())
answer = {"customers": ..., "peak": ...}
# BEGIN SOLUTION
curve = whale_curve(eight)
answer = {"customers": curve["share_of_profit"].argmax(), "peak": 100 * curve["share_of_profit"].max()}
# END SOLUTION
check("value_tiers-p5", answer)

# %% [markdown] lang="en" tags=["instructor"]
# **Instructor.** Sections 1 to 3 take 35 minutes. In section 1 let one student type at the front while the room shouts
# numbers; it takes four edits. In section 3 ask first for hands: 100, 140, 167, 200? Then ask each group to write the
# sentence that fits its number without the word "half". This is the lesson. Common slip: "30% lose half, so the peak is
# 130".

# %% [markdown] lang="zh" tags=["instructor"]
# **教师提示**：第 1 至 3 节共 35 分钟。第 1 节请一名学生到前面操作，全班喊数；改四处就够。第 3 节先请大家举手：100、140、167 还是 200？再让各组写一句与自己的数相符的话，不许出现“一半”二字。这一课的要点就在这里。常见口误：“30% 的客户抵消一半，所以峰值是 130。”

# %% [markdown] lang="en" teaches="tiers.largest-not-best tiers.big-customer-downsides"
# ## 4 · Does size pay?
#
# A big customer is cheap to visit: one trip, many bottles. She also knows that she is big, and asks for a discount. Which
# is stronger? Commit to a prediction, then look. Each point is one account.

# %% [markdown] lang="zh"
# ## 4 · 规模大，就划算吗？
#
# 拜访大客户很省：跑一趟，就卖出许多瓶。可它也知道自己大，会要折扣。哪一种作用更强？先作出预测，再看图。图中每个点是一家客户。

# %%
predict("value_tiers-q3")

# %%
draw(margin_by_size, accounts)

# %% [markdown] lang="en"
# Up to group 9 size helps: a yearly visit costs the same for all. The largest tenth falls back. It leaves less than each of
# the four groups before it, and seven of the twelve largest accounts lose money. In the notes' pyramid it is the same: profit share over revenue share is 0.98 at the top and 1.09 one tier below.
#
# That is not all. Note 5 lists four risks of big customers in one breath: **financial**, **profit**, **management** and
# **churn**; they are easily tempted away. How much hangs on few customers is measured by the
# **Herfindahl-Hirschman index** (赫芬达尔指数, HHI), the sum of squared shares:
#
# $$H = \sum_i s_i^2$$
#
# In words: 1 if one customer is everything, close to 0 if nobody matters. For four key accounts of your own, give the HHI
# of the revenue, and the percent of profit lost when the largest by revenue leaves. Then name the trouble in six cases: `"financial"`,
# `"profit"`, `"management"` or `"churn"`.
#
# | key | case |
# |---|---|
# | `unpaid` | It owes a third of all our open invoices, and pays late |
# | `insolvent` | If it goes bankrupt, we cannot pay our own suppliers |
# | `discount` | It buys most, and after discounts little is left |
# | `special_rules` | Three colleagues spend their days on its special rules |
# | `one_signature` | One signature with a rival, and a third of our revenue is gone |
# | `courted` | Every rival courts its buyer, and she listens |

# %% [markdown] lang="zh"
# 到第 9 组为止，规模是有好处的：每年拜访一次，费用家家一样。最大的十分之一却回落了：每一元收入留下的，比前面四组中的哪一组都少；最大的十二家客户中，有七家亏损。笔记里的金字塔也是如此：利润份额与收入份额之比，最高一层是 0.98，下面一层是 1.09。
#
# 大客户的麻烦还不止这些，笔记 5 一口气说了四种：**财务**、**利润**、**管理**、**流失**风险大，易见异思迁。企业有多依赖少数几位客户，用**赫芬达尔指数**（Herfindahl-Hirschman index，HHI）衡量，即份额的平方和：
#
# $$H = \sum_i s_i^2$$
#
# 用文字表述：只有一位客户时为 1，谁都无足轻重时接近 0。下面是你自己的四家大客户：求收入的 HHI，以及收入最大的一家离开时，利润损失百分之几。再说出六个情形各是哪一种风险：`"financial"`（财务）、`"profit"`（利润）、`"management"`（管理）还是 `"churn"`（流失）。
#
# | 键 | 情形 |
# |---|---|
# | `unpaid` | 它占我们应收账款的三分之一，还常常拖延付款 |
# | `insolvent` | 它一旦破产，我们就付不出供应商的货款 |
# | `discount` | 它买得最多，打完折却所剩无几 |
# | `special_rules` | 三位同事整天忙着应付它的特殊规定 |
# | `one_signature` | 它在对手的合同上签个字，我们就少三分之一的收入 |
# | `courted` | 每个对手都在拉拢它的采购员，而她也听得进去 |

# %%
display(item("value_tiers-p7"))
answer = {"hhi": ..., "lost": ...}
# BEGIN SOLUTION
four = item("value_tiers-p7").table
largest = four["revenue"].idxmax()
answer = {"hhi": hhi(four["revenue"] / four["revenue"].sum())}
answer["lost"] = 100 * four.loc[largest, "profit"] / four["profit"].sum()
# END SOLUTION
check("value_tiers-p7", answer)

# %%
answer = {"unpaid": ..., "insolvent": ..., "discount": ...}
answer |= {"special_rules": ..., "one_signature": ..., "courted": ...}
# BEGIN SOLUTION
answer = {"unpaid": "financial", "insolvent": "financial", "discount": "profit"}
answer |= {"special_rules": "management", "one_signature": "churn", "courted": "churn"}
# END SOLUTION
check("value_tiers-p14", answer)

# %% [markdown] lang="en" teaches="tiers.rfm"
# ## 5 · RFM: whom to write to
#
# A mail-order house has no salesman who knows its customers. It has a list of orders: who bought, when, for how much. Three
# numbers of each customer help to guess who will buy again: how long ago, how often, how much. They
# are called **RFM** (最近一次购买、购买频率、购买金额): recency, frequency, monetary value. Sort by each, cut into fifths, and give
# the best fifth a 5. A customer is then three digits, from 555 to 111.
#
# RFM describes behaviour, not profit, whatever the notes say: it counts revenue and no hours. And it hides a rule.
# What happens to equal customers at the edge of a fifth?
#
# And a second question. Lanwan has tested 30,000 letters to members of its salons, 240 to each of 125 cells. As a whole the
# test lost money. What next? Commit to both, then code ten salons under two rules.

# %% [markdown] lang="zh"
# ## 5 · RFM：给谁写信
#
# 邮购公司没有认得客户的销售员，有的只是一份订单清单：谁买的，什么时候买的，花了多少钱。谁会再来，每位客户有三个数可以帮你猜：最近一次购买、购买频率、购买金额，合称 **RFM**（recency, frequency, monetary value）。每个数各排一次序，切成五等份，最好的一份得 5 分。这样，每位客户就成了一个三位数，从 555 到 111。
#
# 不管笔记怎么说，RFM 描述的是行为，不是利润：它算收入，不算工时。它还藏着一条规则：一模一样的客户正好落在两份的分界处，会怎样？
#
# 还有一个问题。蓝湾向各店的会员寄出 30,000 封测试信，125 格，每格 240 封。整体来看，这次测试亏了钱。下一步怎么办？两个问题都先作出预测，再按两种规则给十家店编码。

# %%
predict("value_tiers-q4")

# %%
predict("value_tiers-q5")

# %%
names = {"last_order_days": "recency_days", "orders_24m": "frequency", "spend_24m": "monetary"}
ten = accounts.rename(columns=names)[list(names.values())].iloc[:10].sort_values("frequency")
# [en] Two salons that ordered equally often get the same f under "value". And under "rank"?
# [zh] 订货次数相同的店，按 "value" 规则 f 相同。按 "rank" 规则呢？
ten.assign(by_value=rfm_scores(ten, rule="value")["score"], by_rank=rfm_scores(ten, rule="rank")["score"])

# %% [markdown] lang="en"
# A letter pays when enough readers order. The **break-even response** (盈亏平衡响应率) says how many that is:
#
# $$r^* = \frac{\text{cost of a letter}}{\text{margin of an order}}$$
#
# In words: the part of an order's margin that one letter uses up. Margin, not price: the goods must be paid for, too.
#
# **W02.4 RFM cube. Task:** the test again, for a list of 300,000 names. Which cells pay? Then code more coarsely. The
# promised profit falls. What does the true one do, and why may you see it here but never at work?

# %% [markdown] lang="zh"
# 一封信划不划算，要看有多少人读了会下单。多少才够？答案是**盈亏平衡响应率**（break-even response）：
#
# $$r^* = \frac{\text{每封信的成本}}{\text{每单的毛利}}$$
#
# 用文字表述：一封信要用掉一单毛利的多大一部分。要用毛利，不用售价，因为货款也得付。
#
# **W02.4 RFM 立方体。任务**：还是这次测试，名单换成 300,000 人。哪些格划算？再把编码放粗：预期利润下降，真实利润呢？为什么在这里看得到真实利润，到了工作中却永远看不到？

# %%
mail_by_rfm()

# %% [markdown] lang="en" teaches="tiers.focus-resources tiers.cull-worst"
# ## 6 · Whom to keep close, whom to let go
#
# Fine cells flatter: among 125 some were lucky, and luck does not order twice. Keep this in mind for every top list.
#
# Note 4 asks to **concentrate resources** (集中资源) on the critical 20%. That is right while their next hour brings most, and
# not an hour longer. The response of a tier to $x$ hours, $a(1 - e^{-bx})$, grows ever more slowly. The best split makes
# the *next* hour worth the same everywhere. Try to beat it.
#
# Then two tiers of your own. Where does the next hour bring more: `"key"`, `"small"` or `"same"`? And how much?

# %% [markdown] lang="zh"
# ## 6 · 谁要跟紧，谁该放弃
#
# 格分得越细，预期利润就越好看：125 格里，总有几格只是运气好，而运气不会再下一单。以后看到任何排行榜，都要想起这一点。
#
# 笔记 4 要求**集中资源**（concentrate resources），保住关键的 20%。只要下一小时用在他们身上带来最多，这就对；过了这一点，一小时也嫌多。在某一层投入 $x$ 小时，带来 $a(1 - e^{-bx})$，增长越来越慢。最好的分法，是让*下一*小时无论放在哪一层，多带来的都一样。试试看，你能不能胜过它。
#
# 然后是你自己的两层客户。下一小时放在哪里带来更多：`"key"`（大客户）、`"small"`（小客户），还是 `"same"`（一样）？能带来多少？

# %%
scale, rate = [60_000, 25_000, 12_000], [0.08, 0.04, 0.03]
# [en] Change a split and try to beat the last one.
# [zh] 改动一种分法，看能否胜过最后一种。
for hours in ([100, 0, 0], [40, 30, 30], allocate(100, scale, rate).round(1).tolist()):
    print(hours, round(sum(a * (1 - exp(-b * x)) for a, b, x in zip(scale, rate, hours, strict=True))))
display(item("value_tiers-p8"))
answer = {"tier": ..., "next_hour": ...}
# BEGIN SOLUTION
mine = item("value_tiers-p8").table
following = {name: row["scale"] * row["rate"] * exp(-row["rate"] * row["hours"]) for name, row in mine.iterrows()}
best = max(following, key=following.get)
answer = {"tier": best, "next_hour": following[best]}
# END SOLUTION
check("value_tiers-p8", answer)

# %% [markdown] lang="en"
# Now the third underlined sentence: remove the worst. A loss on paper has three holes. Part of the cost stays when the
# customer goes, such as rent and the van. She may take friends along. And she may grow. What counts is the **keep
# value**: revenue less the costs that would *end*, plus what else would leave with her. In the graded set, `let_go`
# computes it from a table.
#
# **W02.3 Let go? Task:** all 395 accounts that lose money on paper are let go here. The sentence below the picture names the
# best number.
# Find the settings under which all 395 should go. How realistic are they?

# %% [markdown] lang="zh"
# 再看画了线的第三句：剔除最差的客户。账面上的亏损，有三处靠不住：客户走了，有些成本还在，比如房租和送货车；她可能带走朋友；她也可能成长起来。真正要看的是**保留价值**（keep value）：收入减去会随她一起*消失*的成本，再加上会随她一起失去的其他价值。到了评分练习里，给 `let_go` 一张表，它就替你算出来。
#
# **W02.3 该放弃吗？任务**：这里把账面亏损的 395 家客户全部放弃了。图下的那句话说出了放弃多少家最好。请找出使 395 家都该放弃的设置。这样的设置有多现实？

# %%
let_them_go()

# %% [markdown] lang="en" teaches="tiers.key-account-plan tiers.key-account-eight-steps"
# ### A plan for the big ones
#
# Note 1 asks to identify big customers and make a plan for each. McDonald & Woodburn draw a **portfolio** (客户组合): how
# attractive is the account, and how strong are we there?
#
# | | we are strong | we are weak |
# |---|---|---|
# | attractive | `strategic` 战略型 | `star` 明星型 |
# | not attractive | `status` 维持型 | `streamline` 精简型 |
#
# Note 4 has eight steps for a **key account** (大客户). Each step hands something to the next. Which needs which? Place four
# accounts, then put the steps in order.

# %% [markdown] lang="zh"
# ### 给大客户订计划
#
# 笔记 1 要求识别大客户，并为他们制定计划。McDonald 与 Woodburn 画出**客户组合**（portfolio），只问两件事：这家客户有多大吸引力？我们在它那里有多强？
#
# | | 我们强 | 我们弱 |
# |---|---|---|
# | 有吸引力 | `strategic` 战略型 | `star` 明星型 |
# | 没有吸引力 | `status` 维持型 | `streamline` 精简型 |
#
# 笔记 4 列出**大客户**（key account）营销的八大流程。每一步都把结果交给下一步。哪一步离不开哪一步？先给四家客户定位，再把这八步按顺序排好。

# %%
display(item("value_tiers-p11"))
answer = {"K1": ..., "K2": ..., "K3": ..., "K4": ...}
# BEGIN SOLUTION
answer = dict(portfolio(item("value_tiers-p11").table))
# END SOLUTION
check("value_tiers-p11", answer)

# %%
display(item("value_tiers-p12"))
answer = [..., ..., ..., ..., ..., ..., ..., ...]
# BEGIN SOLUTION
answer = ["know", "rivals", "profit", "plan", "crm", "service", "win_win", "act"]
# END SOLUTION
check("value_tiers-p12", answer)

# %% [markdown] lang="en" tags=["instructor"]
# **Instructor.** Sections 4 to 6 take 35 minutes. Go back to the first line of the case: the "best customer" loses money.
# Before W02.3 ask how many of the 395 the room would let go, and write the number down. Then move the part of the cost
# that ends. Somebody will ask who drives the van for the others: this is the point. Keep the real data for the end of
# the lecture; students like it that the shop existed.

# %% [markdown] lang="zh" tags=["instructor"]
# **教师提示**：第 4 至 6 节共 35 分钟。回到案例表的第一行：那位“最好的客户”在亏钱。做 W02.3 之前，先问全班：395 家里放弃多少家？把数写下来，再去移动“可以省下的部分”。总会有人问：少了这些店，送货车不还得为别的店跑吗？这正是要点。真实数据留到课的最后；学生喜欢它，因为这家商店真的存在过。

# %% [markdown] lang="en"
# ## Real data: a music shop of 1997
#
# CDNOW sold music on the young internet. We have 6,919 orders of 2,357 customers who first bought early in 1997, up to
# mid-1998. The shop has one question: whom to write to? Code the customers by what it knew on 1997-10-01. Then look at
# what they did in the nine months after.

# %% [markdown] lang="zh"
# ## 真实数据：1997 年的一家音乐商店
#
# 互联网刚起步时，CDNOW 在网上卖唱片。这里有 2,357 位客户的 6,919 笔订单：他们都在 1997 年年初首次购买，记录到 1998 年年中为止。商店只想知道：该给谁写信？先回到 1997-10-01，只凭当时已知的给客户编码，再看他们在随后的九个月里做了什么。

# %% tags=["nbval-ignore-output"]
orders = real_data("cdnow")
if orders is not None:
    known = rfm(orders[orders["date"] < "1997-10-01"], as_of="1997-10-01")
    later = orders[orders["date"] >= "1997-10-01"].groupby("customer_id")["amount"].sum()
    known["later"] = later.reindex(known.index, fill_value=0)
    groups = known.groupby(rfm_segments(rfm_scores(known)), observed=True)["later"]
    display(groups.agg(customers="size", came_back=lambda spent: (spent > 0).mean(), dollars="sum").round(2))
    curves = {"CDNOW": lorenz([1] * len(known), known["monetary"])}
    curves["Lanwan"] = lorenz([1] * len(accounts), accounts["revenue"])  # [en]
    curves["蓝湾"] = lorenz([1] * len(accounts), accounts["revenue"])  # [zh]
    display(draw(lorenz_lines, curves))

# %% [markdown] lang="en"
# If no table stands above, the data were not to be had; these are its figures. Two thirds of the champions came back, and one in eight of the lost. Three scores from an order list, and nobody asked
# the customers anything. Letters for the champions alone reach a fifth of the customers and two thirds of all the
# money spent later. So write to them? Careful: those who come back anyway need no letter. That was uplift, chapter 01.
# Decide: to which group would you send a *test* letter first?
#
# ## Worked example: which letters pay?
#
# A test by recency alone. A letter costs 0.55 yuan, an order leaves 40, the list has 50,000 names.
#
# After it come the same steps with other numbers and one blank, and then a whole decision without help. Both have your own
# numbers once you have set `student("2026001")` on the start page.

# %% [markdown] lang="zh"
# 如果上面没有表格，就是数据没有取到；这里说的就是表中的数字。冠军客户（champions）有三分之二回来了，流失客户（lost）八位里只回来一位。三个得分全都出自一份订单清单，没有问过客户一句话。只给冠军客户写信，寄到的是五分之一的客户，这些人后来的消费却占全部的三分之二。那就写给他们吗？且慢：本来就会回来的人，用不着信。第 01 章的提升量，说的就是这件事。请你决定：*测试*信先寄给哪一组？
#
# ## 例题：哪些信划算？
#
# 一次测试，只按最近一次购买分组。一封信 0.55 元，一单毛利 40 元，名单有 50,000 人。
#
# 例题之后，先换一组数，走同样的步骤，只留一空。再独立作一个完整的决策，没有引导。如果你在起始页用 `student("2026001")` 登记过，两题都是你自己的数字。

# %%
test = load("value_tiers_mail_test").groupby("r")[["mailed", "responded"]].sum()
# [en] 1. Break-even: orders per letter that pay the postage.
# [zh] 1. 盈亏平衡：每封信带来多少订单才够邮费。
needed = break_even_response(0.55, 40)
# [en] 2. Response of each cell.
# [zh] 2. 每格的响应率。
response = test["responded"] / test["mailed"]
print(round(needed, 5), response.round(4).to_dict())
# [en] 3. Mail the cells above it: 10,000 names each, margin less postage.
# [zh] 3. 只寄给高于它的格：每格 10,000 人，毛利减邮费。
print((10_000 * (response * 40 - 0.55))[response > needed].round().to_dict())
# [en] 4. The same in one call, and what mailing everybody would bring.
# [zh] 4. 一次调用得到同样的结果，以及全部寄出的利润。
round(roll_out(test, names=50_000, cost_per_piece=0.55, margin_per_order=40).profit)

# %%
row = item("value_tiers-p1").table.iloc[0]
print(row)
response = row["responded"] / row["mailed"]
answer = ...  # [en] the profit that mailing all names of the cell promises
answer = ...  # [zh] 寄给该格全部名单的预期利润
# BEGIN SOLUTION
answer = row["names"] * (response * row["margin_per_order"] - row["cost_per_piece"])
# END SOLUTION
check("value_tiers-p1", answer)

# %%
# [en] Another round? from crmlab import new_numbers, then new_numbers("value_tiers-p2").
# [zh] 想再练一次？先 from crmlab import new_numbers，再 new_numbers("value_tiers-p2")。
item("value_tiers-p2")

# %%
answer = {"break_even": ..., "cells": ..., "profit": ...}
# BEGIN SOLUTION
mine = item("value_tiers-p2")
plan = roll_out(mine.table, mine.params["names"], mine.params["cost"], mine.params["margin"])
answer = {"break_even": break_even_response(mine.params["cost"], mine.params["margin"])}
answer |= {"cells": plan.cells, "profit": plan.profit}
# END SOLUTION
check("value_tiers-p2", answer)

# %%
# [en] Mixed practice: four cards. Compute in an empty cell.
# [zh] 综合练习：四张卡片。可以新建单元格来计算。
practise("value_tiers", 3, 4, 6, 9)

# %% [markdown] lang="en"
# ## Source check
#
# **The notes.** Pyramid and RFM stand in the revision notes (客户关系管理知识点复习), 80/20/30 and "remove the worst" in the article on
# care and satisfaction (基于CRM中的客户关怀与客户满意研究), the A class and the eight steps in the nine-step article
# (建立客户忠诚之"九步法").
#
# **The literature, and this kit.**
#
# - The pyramid's columns have no names. Customers, revenue, profit is our reading; every column then adds up to 100.
# - Curry's pyramid has the same tier sizes. The revenue split quoted with it is another one.
# - 80/20 is a regularity. The notes' own pyramid says 93 and 95 for the top 20%. Sharp (2010) reports about 60.
# - 80/20/30 needs a base. We show all three.
# - RFM measures behaviour. "Profit-making ability" claims too much.
# - Note 2 wants to fire the worst customers, and says that the customer is always right. Haenlein & Kaplan (2012) found
#   that letting customers go can upset those who stay.
# - The well-known whale with a peak of 225% (Cooper & Kaplan 1991) we know from memory only; we do not build on it.

# %% [markdown] lang="zh"
# ## 出处核对
#
# **课程笔记怎么说**：金字塔和 RFM 出自《客户关系管理知识点复习》；80/20/30 和“剔除最差客户”出自《基于CRM中的客户关怀与客户满意研究》；A 类客户和八大流程出自《建立客户忠诚之“九步法”》。
#
# **文献怎么说，本课怎么做**：
#
# - 金字塔的各列没有名称。客户、收入、利润是本课的读法；这样读，每一列的合计都是 100。
# - Curry 的金字塔，各层大小与此相同。但与它一起引用的收入比例，与笔记不同。
# - 80/20 是经验规律。笔记自己的金字塔里，前 20% 对应的是 93 和 95；Sharp（2010）报告的约为 60。
# - 80/20/30 缺一个基数。三种读法，本课都画出来。
# - RFM 衡量的是行为。说它衡量“创利能力”，就说过头了。
# - 笔记 2 一边要剔除最差的客户，一边又说客户永远是对的。Haenlein 与 Kaplan（2012）发现，放弃一些客户，会使留下的客户不满。
# - 峰值高达 225% 的那头鲸很有名（Cooper & Kaplan 1991），但本课只是凭记忆引述，不拿它作依据。

# %% [markdown] lang="en"
# ## Ethics: two calls a day
#
# Silver Comb runs three small salons for elderly people. Its owner is over seventy. She calls twice a day, always with a
# question the app would answer. On paper Lanwan loses money with her every month.
#
# A colleague says: "Let her go, it is business." Another: "Make the app her problem: we stop answering." A third: "Nobody
# ever asked her why she calls."
#
# Decide: let go, raise the price, or change the service. Write at least 40 words: which costs would really end, who is
# affected, which rule you apply, and what you would tell her.

# %% [markdown] lang="zh"
# ## 伦理：一天两通电话
#
# 银梳（Silver Comb）有三家小店，专为老人理发。店主自己也年过七旬。她每天打来两次电话，问的总是应用里就能查到的事。按账面算，蓝湾月月在她身上亏钱。
#
# 一位同事说：“放弃吧，生意就是生意。”另一位说：“让她自己用应用去，电话我们不接了。”第三位说：“从来没有人问过她为什么打电话。”
#
# 请决定：放弃、提价，还是改变服务？至少写 40 个词（约八十个汉字）：哪些成本真的会消失，谁会受影响，依据什么规则，你会怎么对她说。

# %%
answer = ...
# BEGIN SOLUTION
# [en] One possible answer.
# [zh] 一种可能的回答。
answer = "Change the service. If she left, only the minutes of the calls would end; van and warehouse stay. "  # [en]
answer += "Her customers, elderly people, would lose a salon that is well supplied. "  # [en]
answer += "Rule: mend the cause before you end the relation, and treat alike those who cost alike. "  # [en]
answer += "I would tell her: let us fix one call each Monday, and my colleague shows you the app at your desk."  # [en]
answer = "改变服务。她走了，真正省下的只有通话的那几分钟，送货车和仓库的费用还在。"  # [zh]
answer += "受影响的还有她店里的老年顾客。"  # [zh]
answer += "规则：先消除原因，再谈结束关系；占用同样成本的客户，一视同仁。"  # [zh]
answer += "我会对她说：我们约好每周一通一次电话，再请同事上门，当面教您用应用。"  # [zh]
# END SOLUTION
check("value_tiers-p13", answer)

# %% [markdown] lang="en"
# ## Key points
#
# 1. Shares add up to 100, or the table is broken. Lorenz curve and Gini say how unequal customers are; HHI, how much
#    hangs on few.
# 2. Three A's: by rank, by the first 80% of profit, by service code. And 80/20/30 is three firms: ask "half of what?"
# 3. Lanwan's loss-makers are made by hours more than by prices, and its largest customer is among them.
# 4. RFM describes behaviour. Mail the cells above break-even; the finer the cells, the more luck is in the promise.
# 5. Make the next hour worth the same everywhere. Let go only where the costs that end exceed all that leaves.
#
# ## Glossary
#
# | English | 中文 | English | 中文 |
# |---|---|---|---|
# | customer pyramid | 客户金字塔 | ABC analysis | ABC分类法 |
# | Lorenz curve | 洛伦兹曲线 | Gini coefficient | 基尼系数 |
# | 80/20 rule | 二八原则 | A class | A类客户 |
# | whale curve | 鲸鱼曲线 | contribution | 贡献 |
# | Herfindahl-Hirschman index | 赫芬达尔指数 | key account | 大客户 |
# | recency | 最近一次购买 | frequency | 购买频率 |
# | monetary value | 购买金额 | break-even response | 盈亏平衡响应率 |
# | keep value | 保留价值 | portfolio | 客户组合 |
#
# ## Sources
#
# Cooper & Kaplan (1991), *Profit Priorities from Activity-Based Costing*. Curry & Curry (2000), *The Customer Marketing
# Method*. Fader & Hardie, the CDNOW data. Gini (1914). Haenlein & Kaplan (2012), *The Impact of Unprofitable Customer
# Abandonment*. Hughes (2005), *Strategic Database Marketing*. Koopman (1953), *The Optimum Distribution of Effort*. Lorenz
# (1905). McDonald & Woodburn (2011), *Key Account Management*. Sharp (2010), *How Brands Grow*. Sherden (1994), *Market
# Ownership*.
#
# ## Next
#
# Do the graded set, `exercises/02_value_tiers`: six items with your own numbers. Then chapter 03: what a customer is worth
# who has only just begun. Your progress is on the [start page](start.ipynb).

# %% [markdown] lang="zh"
# ## 要点
#
# 1. 份额加起来是 100，否则表就是坏的。洛伦兹曲线和基尼系数说明客户有多不平均；HHI 说明企业有多依赖少数几位。
# 2. “A 类”有三种：按名次，按前 80% 的利润，按客户代码。80/20/30 则是三家企业：要问一句“什么的一半？”
# 3. 蓝湾的亏损客户，更多是工时拖出来的，不是价格压出来的；最大的那家客户就在其中。
# 4. RFM 描述行为。信只寄给高于盈亏平衡的格；格分得越细，预期利润里的运气成分越多。
# 5. 让下一小时无论放在哪里，多带来的都一样。只有省下的成本超过失去的一切，才该放弃。
#
# ## 词汇表
#
# | English | 中文 | English | 中文 |
# |---|---|---|---|
# | customer pyramid | 客户金字塔 | ABC analysis | ABC分类法 |
# | Lorenz curve | 洛伦兹曲线 | Gini coefficient | 基尼系数 |
# | 80/20 rule | 二八原则 | A class | A类客户 |
# | whale curve | 鲸鱼曲线 | contribution | 贡献 |
# | Herfindahl-Hirschman index | 赫芬达尔指数 | key account | 大客户 |
# | recency | 最近一次购买 | frequency | 购买频率 |
# | monetary value | 购买金额 | break-even response | 盈亏平衡响应率 |
# | keep value | 保留价值 | portfolio | 客户组合 |
#
# ## 文献
#
# Cooper & Kaplan (1991), *Profit Priorities from Activity-Based Costing*. Curry & Curry (2000), *The Customer Marketing Method*. Fader & Hardie, the CDNOW data（CDNOW 数据集）. Gini (1914). Haenlein & Kaplan (2012), *The Impact of Unprofitable Customer Abandonment*. Hughes (2005), *Strategic Database Marketing*. Koopman (1953), *The Optimum Distribution of Effort*. Lorenz (1905). McDonald & Woodburn (2011), *Key Account Management*. Sharp (2010), *How Brands Grow*. Sherden (1994), *Market Ownership*.
#
# ## 下一步
#
# 完成评分练习 `exercises/02_value_tiers`：六道题，用你自己的数字。然后进入第 03 章：一位刚刚起步的客户，值多少钱？你的进度见[起始页](start.ipynb)。
