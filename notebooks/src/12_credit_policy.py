# %% [markdown] lang="en"
# # 12 · Credit policy: what terms, how much, for how long
#
# > **Lanwan's owner asks:** "Sales wants sixty days for everybody. Finance wants cash. Who is right?"
#
# By the end you can price every part of a credit policy and set limits under a cap. You can read a ledger without being fooled by
# growth, and say which of three policies you would defend, and with how much cash.
#
# **Time:** about 110 minutes, then practice. **Data:** a ledger of 5,760 invoices, its ageing, 49 policies and five customers, all
# simulated; two textbook cases with published answers.

# %% [markdown] lang="zh"
# # 12 · 信用政策：什么条件，赊多少，赊多久
#
# > **蓝湾的老板问**：“销售要人人赊六十天，财务要现款。谁说得对？”
#
# 学完本章，你能给信用政策的每个部分定价，并在上限之内分配额度。你能读懂账本，不被增长蒙骗；还能说出，三种政策中你赞成哪一种，又要备多少现金。
#
# **时间**：约 110 分钟，练习另计。**数据**：一本有 5,760 张发票的账，由它得出的账龄表，49 种政策和五位客户，都是模拟数据；另有两个教科书案例，答案已经发表。

# %% [markdown] lang="en"
# ## You will be able to
#
# 1. **name** the four parts of a credit policy, and the one that the notes leave out;
# 2. **price** a cash discount in its conventions, and **value** a switch from cash to thirty days;
# 3. **set** a standard by marginal profit, and limits under a cap on expected loss;
# 4. **tell** a change of sales from a change of payment in DSO and ageing;
# 5. **follow** a book of debts to its end;
# 6. **define** the balanced policy, and **test** a policy by the cash it needs.

# %% [markdown] lang="zh"
# ## 学完本章，你能够
#
# 1. **说出**信用政策的四个部分，以及笔记漏掉的一个；
# 2. 按各种算法给现金折扣**定价**，并**评估**从现款改为三十天赊销值多少；
# 3. 按边际利润**确定**信用标准，并在预期损失的上限之内确定额度；
# 4. 看 DSO（应收账款周转天数）和账龄时，**分清**变的是销售还是付款；
# 5. **追踪**账上的欠款，直到每一笔都有结局；
# 6. **定义**均衡型政策，并看一种政策需要多少现金，以此**检验**它。

# %%
import pandas as pd
from IPython.display import display

from crmlab import check, draw, item, load, practise, predict, recall, use_language
from crmlab.credit_policy import Terms, ageing_chain, ageing_outcome, allocate_limits, cash_path, discount_cost, frontier
from crmlab.credit_policy import relax_standard, respond, solvent_growth, switch_to_credit
from crmlab.credit_policy.chart import dso_and_pattern, limit_bars, policy_frontier
from crmlab.credit_policy.explorer import ageing_illusion, cash_to_credit, price_of_a_discount, three_policies
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
recall("credit_policy")

# %% [markdown] lang="en"
# ## The case: sixty days for everybody
#
# "Granary gives them sixty days," says the head of sales. "Match it, and lower the bar, and we double." The head of finance has sold for cash all her
# life: "Double what? What we are owed?"
#
# How would the market answer? The table holds our best guess, made of experience and three trials: sales as a multiple of today's cash sales, growth a
# month, days until the money comes, the share that never comes, and what discounts and collection cost. The standard counts steps down from "only the safest". Most salons pay cash today; a trial group has had thirty days for two years, and its invoices are the ledger of section 5.
#
# Before you read on, vote: cash, thirty days at standard 1, or sixty days at standard 3?

# %% [markdown] lang="zh"
# ## 案例：人人赊六十天
#
# “谷仓（Granary）给他们六十天，”销售主管说，“我们跟上，再把门槛放低些，就能翻一番。”财务主管卖了一辈子现款：“什么翻一番？人家欠我们的钱吗？”
#
# 市场会怎样反应？下表是我们目前最好的估计，依据是经验和三次试验：销售额（`sales`，以目前的现销额为单位）、每月的增长率（`growth`）、多少天收到货款（`delay_days`）、永远收不回的比例（`bad_debt`），以及折扣和收账的成本占销售额的比例（`cost`）。各行是三种方案：现款（`cash`），或者赊若干天（`days`）；信用标准（`standard`）的级数，表示从“只给最可靠的店”算起，放宽了几级。目前多数店付现款；有一个试点组，两年来一直赊三十天，第 5 节的账本就是它的。
#
# 读下去之前，先投票：现款，三十天、标准 1，还是六十天、标准 3？

# %%
offers = {"cash": (0, 0), "30 days, standard 1": (30, 1), "60 days, standard 3": (60, 3)}
respond([days for days, _ in offers.values()], [step for _, step in offers.values()]).round(3).set_axis(list(offers))

# %% [markdown] lang="en" tags=["instructor"]
# **Instructor.** To here 10 minutes. Take the vote and write it on the board; most rooms like sixty days, since sales more than double and
# bad debts are only 2.6%. Do not mention cash yet. Section 6 returns to the vote, and month 7 usually changes it.

# %% [markdown] lang="zh" tags=["instructor"]
# **教师提示**：到此 10 分钟。请全班投票，把结果写在黑板上。多数班级喜欢六十天：销售翻一番还多，坏账不过 2.6%。先不要提现金。第 6 节再回来看投票，看到第 7 个月，多数人会改主意。

# %% [markdown] lang="en" teaches="policy.components"
# ## 1 · Four parts, and one more
#
# Note 5 names four parts of a **credit policy** (信用政策): the **credit period** (信用期限), how long; the **cash discount** (现金折扣), a reduction for
# paying early; the **credit standard** (信用标准), who gets it; the **credit limit** (信用额度), how much. What is done when
# nobody pays is missing. Textbooks call that **collection** (收账政策), and we add it as ours.
#
# Six decisions of one week at Lanwan. Which part is each: `"period"`, `"discount"`, `"standard"`, `"limit"` or `"collection"`?

# %% [markdown] lang="zh"
# ## 1 · 四个部分，再加一个
#
# 笔记 5 说，**信用政策**（credit policy）由四个部分构成：**信用期限**（credit period），赊多久；**现金折扣**（cash discount），提前付款，优惠多少；**信用标准**（credit standard），赊给谁；**信用额度**（credit limit），最多赊多少。到期不付怎么办，笔记没有提到。教科书称之为**收账政策**（collection），这一部分由本课补上。
#
# 下面是蓝湾一周里的六项决定，各属于哪一部分：`"period"`（信用期限）、`"discount"`（现金折扣）、`"standard"`（信用标准）、`"limit"`（信用额度），还是 `"collection"`（收账政策）？

# %%
display(item("credit_policy-p3"))
answer = {"d1": ..., "d2": ..., "d3": ..., "d4": ..., "d5": ..., "d6": ...}
# BEGIN SOLUTION
answer = {"d1": "limit", "d2": "collection", "d3": "discount"}
answer |= {"d4": "standard", "d5": "period", "d6": "collection"}
# END SOLUTION
check("credit_policy-p3", answer)

# %% [markdown] lang="en" teaches="policy.discount"
# ## 2 · The discount
#
# Lanwan buys its pumps on terms of **2/10 net 30**: 2% off within ten days, else everything in thirty. Two percent sounds like
# little. But what does one get for it? Twenty days. One keeps the use of 98 for twenty days and pays 2 for it:
#
# $$\text{nominal} = \frac{d}{1-d}\cdot\frac{D}{n - n_d} \qquad \text{effective} = \left(1 + \frac{d}{1-d}\right)^{D/(n-n_d)} - 1$$
#
# In words: $d$ is the discount, given within $n_d$ days; $n$ is the period. The price of the extra days only, $n - n_d$, times how often they fit into a year of $D$ days; or compounded. Predict, then do the task of **W12.1 What does
# 2/10 net 30 cost?**

# %% [markdown] lang="zh"
# ## 2 · 现金折扣
#
# 蓝湾采购泵头，付款条件是 **2/10, net 30**：十天之内付款，优惠 2%；否则，三十天之内付清全额。百分之二，听起来很少。可是，放弃它换来的是什么？二十天。也就是说，98 元多用二十天，代价是 2 元：
#
# $$\text{名义年利率} = \frac{d}{1-d}\cdot\frac{D}{n - n_d} \qquad \text{实际年利率} = \left(1 + \frac{d}{1-d}\right)^{D/(n-n_d)} - 1$$
#
# 用文字表述：$d$ 是折扣，须在 $n_d$ 天之内付款才能享受；$n$ 是信用期限。付出代价，只换来多占用 $n - n_d$ 天；一次的代价，乘以一年 $D$ 天所含这段时间的个数，得名义年利率（nominal rate）；按复利计算，得实际年利率（effective rate）。先作出预测，再完成 **W12.1 “2/10, net 30”的代价**的任务。

# %%
predict("credit_policy-q1")

# %%
price_of_a_discount()

# %% [markdown] lang="en"
# The same terms cost 36.7, 37.2, 43.9 or 44.6% a year: nominal or effective, on 360 or 365 days. Say which you mean. Whoever pays only on day 45
# pays 21.3% (nominal, 365 days), and that is why suppliers dislike late payers twice: the money comes late, and at a lower price. On such terms almost every buyer should borrow from the bank, here at 8%, and take
# the discount; many do not, because the bank will not lend. So leaving a discount is a warning sign for the scorecard of chapter 11.
#
# ### And does it pay to offer one?
#
# For the seller the discount buys money twenty days earlier, and fewer defaults. With cash at 2% off against full price in a month at 2% a month, credit wins only if fewer than
# $1 - (1 - d)(1 + R)$ = 0.04% never pay. Three cards.

# %% [markdown] lang="zh"
# 同样的条件，一年的代价可以是 36.7%、37.2%、43.9% 或 44.6%：要看是名义还是实际，一年按 360 天还是 365 天计。用的是哪种算法，要讲明。拖到第 45 天才付的，代价是 21.3%（名义，365 天）；难怪供应商对拖延付款（stretching）的客户加倍头疼：钱来得晚，客户付的代价反而更低。在这样的条件下，几乎每一个买方，都该按 8% 的利率借款，享受折扣；许多买方没有这样做，因为银行不肯借。所以，放弃折扣是一个危险信号，第 11 章的评分卡正用得着。
#
# ### 那么，给客户折扣划算吗？
#
# 对卖方来说，折扣换来的是早到二十天的钱，还有较少的违约。假设一边是付现款，优惠 2%，另一边是一个月后付全价，资金成本每月 2%，那么永远不付款的要少于 $1 - (1 - d)(1 + R)$ = 0.04%，赊销才占上风。下面三张卡片。

# %%
practise("credit_policy", 5, 6, 7)

# %% [markdown] lang="en" teaches="policy.period"
# ## 3 · The period
#
# A textbook case: Locust Software sells $Q$ = 100 programs a month for cash, at $P$ = 49, variable cost $v$ = 20. With thirty days' credit it
# would sell $Q'$ = 110. Money costs $R$ = 2% a month. What is given up today? One month's receipts, $PQ$, come a month later, and the
# ten more are made first. From then on the margin is earned for ever:
#
# $$NPV = \frac{(P - v)(Q' - Q)}{R} - \big(PQ + v(Q' - Q)\big)$$
#
# In words: the new margin for ever, less what is tied up now. Predict, then do the task of **W12.2 Cash to net 30**.

# %% [markdown] lang="zh"
# ## 3 · 信用期限
#
# 教科书上的一个案例：Locust 软件公司（Locust Software）现款销售，每月卖出 $Q$ = 100 套软件，单价 $P$ = 49，变动成本 $v$ = 20。如果给三十天的信用期限，可以卖出 $Q'$ = 110 套。资金成本 $R$ 为每月 2%。今天要放弃什么？一个月的收入 $PQ$，要晚一个月才到；多卖的十套，要先垫钱做出来。从此以后，新增的边际贡献月月都有，直到永远：
#
# $$NPV = \frac{(P - v)(Q' - Q)}{R} - \big(PQ + v(Q' - Q)\big)$$
#
# 用文字表述：永续的新增边际贡献，折成现值，减去眼下占用的资金，就是净现值（net present value，NPV）。先作出预测，再完成 **W12.2 从现款到 30 天赊销**的任务。

# %%
predict("credit_policy-q2")

# %%
print(switch_to_credit(49, 20, 100, 110, 0.02))
cash_to_credit()

# %% [markdown] lang="en"
# 5,100 are tied up, the switch is worth 9,400, and 3.4 more units are enough: waiting for 4,900 costs 98 a month, and a unit earns 29. If a share $\pi$ never pays, the margin for ever is $((1 - \pi)P - v)Q' - (P - v)Q$. With 5% that takes 13.1 more units: the *old*
# customers, who used to pay cash, default too. They are most of the loss.

# %% [markdown] lang="zh"
# 眼下占用的资金为 5,100（`cost`），改为赊销的净现值为 9,400（`npv`），多卖 3.4 套就能盈亏平衡（`break_even_units`）：4,900 晚收一个月，每月的代价是 98，而一套赚 29。如果永远不付款的占 $\pi$，永续的边际贡献就变为 $((1 - \pi)P - v)Q' - (P - v)Q$。如果 5% 不付，就要多卖 13.1 套：从前付现款的*老*客户，如今也会违约。这笔损失的大头，出在他们身上。

# %% [markdown] lang="en" tags=["instructor"]
# **Instructor.** Sections 1 to 3 take 30 minutes. In section 2 let one group argue for 36.7 and one for 44.6: both are right, and a contract that does not say which is a quarrel.
# In section 3 ask where the 5,100 sit in the balance sheet. Do not let "credit is free marketing" pass.

# %% [markdown] lang="zh" tags=["instructor"]
# **教师提示**：第 1 至 3 节共 30 分钟。第 2 节，请一组主张 36.7，另一组主张 44.6：两组都对；合同要是不写明用哪一种，就埋下了纠纷。第 3 节，问一问那 5,100 在资产负债表的哪一项。“赊销是不花钱的营销”，这种说法不要放过。

# %% [markdown] lang="en" teaches="policy.standard policy.limit"
# ## 4 · The standard and the limit
#
# Another textbook case (Gitman's Dodd Tool): 60,000 tools a year at 10, variable cost 6. A looser standard would sell 63,000, but the
# average customer would pay after 45 days instead of 30, and 2% instead of 1% would never pay. Money costs 15% a year of 360
# days. Three amounts decide: the new contribution, the cost of the money tied up, and the new bad debts. With $Q$ units paid after $t$ of the year's $D$ days, $b$ of them never, at $k$ for money, before and after (with a prime):
#
# $$\text{net} = (P - v)(Q' - Q) - k\,v\,\frac{Q't' - Qt}{D} - P(Q'b' - Qb)$$
#
# In words: which of the three is the largest?

# %% [markdown] lang="zh"
# ## 4 · 信用标准与信用额度
#
# 教科书上的另一个案例（Gitman 的 Dodd Tool 公司）：每年卖出工具 60,000 件，单价 10，变动成本 6。标准放宽，可以卖出 63,000 件，但是客户平均要 45 天才付款，而不是 30 天；永远不付款的，也不是 1%，而是 2%。资金成本每年 15%，一年按 360 天计。决定净收益（`net`）的有三项金额：新增的边际贡献（`contribution`）、多占用资金的成本（`investment_cost`）和新增的坏账（`bad_debt_cost`）。设销量为 $Q$，平均 $t$ 天收款（一年 $D$ 天），坏账率为 $b$，资金成本为 $k$，带撇号的是放宽以后：
#
# $$\text{净收益} = (P - v)(Q' - Q) - k\,v\,\frac{Q't' - Qt}{D} - P(Q'b' - Qb)$$
#
# 用文字表述：三项之中，哪一项最大？

# %%
relax_standard(Terms(60_000, 30, 0.01), Terms(63_000, 45, 0.02), price=10, variable_cost=6, rate=0.15, year_days=360)

# %% [markdown] lang="en"
# 12,000 of contribution, less 2,587.50 for the money tied up, at *cost*, less 6,600 of bad debts, on *all* sales: 2,812.50
# are left, about a quarter of the new contribution. A looser standard pays.
#
# Standards let people in; limits say how far. Each yuan of limit earns a margin and carries risk, and the risk of a salon
# rises with what it owes. Let the **expected loss** (预期损失) of all together be capped:
#
# $$\max_{L} \sum_i \text{profit}_i(L_i) \quad\text{subject to}\quad \sum_i EL_i(L_i) \le \text{cap}$$
#
# In words: the best limits under a budget of risk. `allocate_limits` finds them, and a **price of risk** (风险的价格): what one more yuan of allowed loss would earn. In the table, `margin` is earned on a yuan that is paid, `default` is the chance of default of the first yuan, `slope` its rise up to full `demand`, and `lgd` the share lost.

# %% [markdown] lang="zh"
# 边际贡献增加 12,000；减去应收账款多占用资金的成本 2,587.50，占用多少，按变动*成本*计；再减去新增的坏账 6,600，新的坏账率适用于*全部*销售：还剩 2,812.50，约为新增边际贡献的四分之一。放宽标准是划算的。
#
# 标准决定放谁进来，额度决定放多远。每一元额度，都带来利润，也带来风险；店欠得越多，风险就越高。设全部客户的**预期损失**（expected loss）合计不得超过一个上限（cap）：
#
# $$\max_{L} \sum_i \text{利润}_i(L_i) \quad\text{满足}\quad \sum_i EL_i(L_i) \le \text{上限}$$
#
# 用文字表述：在风险的预算之内，求最好的额度。`allocate_limits` 求出额度，也求出**风险的价格**（price of risk，即拉格朗日乘数）：预期损失的上限放宽一元，能多赚多少。
#
# 下表有五家店：仙鹤店（`Crane`）、燕雀店（`Finch`）、苍鹭店（`Heron`）、云雀店（`Lark`）和知更店（`Robin`）。各列是需求（`demand`）、每一元付了款的赊销带来的利润（`margin`）、第一元额度的违约概率（`default`）、额度给足时违约概率上升多少（`slope`），以及违约损失率（`lgd`）。

# %%
customers = load("credit_policy_customers")
columns = [customers[name] for name in ("margin", "demand", "default", "slope", "lgd")]
display(customers)
draw(limit_bars, customers, allocate_limits(*columns, cap=3000))

# %% [markdown] lang="en"
# Lark has the highest margin and gets least; Heron has the largest demand and gets a fifth of it. Finch, Heron and Lark get a part: there the *next* yuan of loss earns 2.43. With Crane it would earn 3.56 and with Robin 3.05, but they can use no more. The same cap, shared in
# proportion to demand, would earn 11,264 instead of 15,946.
#
# Many firms use a rule of thumb: the smaller of 10% of the salon's own capital and two months of its purchases (see Thomas, Crook & Edelman 2017). Four cards.

# %% [markdown] lang="zh"
# 云雀店每一元的利润最高，得到的额度却最少；苍鹭店的需求最大，得到的只有需求的五分之一。燕雀店、苍鹭店和云雀店各得一部分：在这三家，*下一元*损失换来 2.43 元。在仙鹤店能换 3.56 元，在知更店能换 3.05 元，可是它们的需求已经满足。上限不变，如果按需求的比例分配，就只能赚 11,264 元，而不是 15,946 元。
#
# 许多企业用一条经验法则：店的自有资本的 10%，与它两个月的进货额，取较小的一个（参见 Thomas, Crook & Edelman 2017）。下面四张卡片。

# %%
practise("credit_policy", 8, 9, 13, 14)

# %% [markdown] lang="en"
# ## 5 · Reading the book
#
# The bookkeeper reports: "**DSO** (应收账款周转天数) has gone up from 51 to 58 days. Customers pay later." Days sales outstanding are what is open at the end of a quarter, over the quarter's
# average daily sales. An ageing report sorts what is open by age. Do customers pay later? Predict, then do the task of **W12.3 Ageing illusion**.

# %% [markdown] lang="zh"
# ## 5 · 读懂账本
#
# 记账员报告：“**应收账款周转天数**（days sales outstanding，DSO）从 51 天升到了 58 天。客户付款变慢了。”应收账款周转天数，是季末未收的账款，除以这一季的日均销售额；账龄表，则按欠款时间的长短，把未收的账款分类列出。付款真的变慢了吗？先作出预测，再完成 **W12.3 账龄的错觉**的任务。

# %%
predict("credit_policy-q3")

# %%
ageing_illusion()

# %% [markdown] lang="en"
# With the same customers, DSO reads 39 in a slump, 51 in flat times and 63 in a boom, and the ageing report shifts as well. When sales grow,
# young debts crowd the book. The cure is a **payment pattern** (付款模式): follow each month's invoices by themselves. The ageing of the trial group's ledger, its picture, and a card:

# %% [markdown] lang="zh"
# 客户没有变，DSO 却在变：销售下滑时为 39 天，平稳时为 51 天，上升时为 63 天；账龄表也跟着变。销售增长时，账上挤满了刚欠下的账。对策是看**付款模式**（payment pattern）：哪个月的发票，就单独追踪哪个月的。下面是试点组账本的账龄表和它的图，然后是一张卡片：

# %%
ageing = load("credit_policy_ageing")
display(ageing.tail(3), draw(dso_and_pattern, ageing))
practise("credit_policy", 12)

# %% [markdown] lang="en"
# Nothing happened to the customers in these two years; we know, because we made them. DSO moved between 44 and 64 with the seasons.
#
# How much of the book will come in? Let each yuan move month by month: from this month's debts to last month's, from there to older ones, or to `paid` or `bad`. What stays open moves again. The shares below are a clerk's guess, to show the method; in our made-up ledger only 1% is never paid. This is
# a chain with two ends (Cyert, Davidson & Thompson 1962); $(I - Q)^{-1}R$ sums over all months. ($Q$ holds the chances of staying open and $R$ those of ending, not the quantities of section 3.)

# %% [markdown] lang="zh"
# 这两年里，客户的付款没有任何变化；这一点我们知道，因为数据是我们造的。DSO 却随着淡旺季，在 44 天至 64 天之间起伏。
#
# 账上的钱，最终会收回多少？让每一元逐月移动：本月的账（`new`）变成上月的账（`month_old`），再变成更早的账（`older`），或者中途收回（`paid`）、成为坏账（`bad`）。还没收回的，下个月继续移动。下面的比例是办事员估的，只为演示方法；在我们造的账本里，永远收不回的只有 1%。这就是账龄链（ageing chain；Cyert, Davidson & Thompson 1962），是一条有两个结局的链；$(I - Q)^{-1}R$ 把所有月份都加起来。（这里的 $Q$ 是留在账上的概率，$R$ 是进入结局的概率，不是第 3 节的销量和资金成本。）下面第一张表是一个月里的去向，第二张表是最终的去向，以及平均还要几个月（`months`）才有结局；最后是全部账款将收回（`collected`）和损失（`lost`）的金额。

# %%
states = ["new", "month_old", "older"]
months = pd.DataFrame({"paid": [0.5, 0.6, 0.5], "bad": [0.0, 0.0, 0.2]}, index=states)
months[states] = [[0.0, 0.5, 0.0], [0.0, 0.0, 0.4], [0.0, 0.0, 0.3]]
ends = ageing_chain(months)
display(months, pd.DataFrame({"paid": ends.paid, "bad": ends.bad, "months": ends.expected_time}).round(3))
ageing_outcome(months, {"new": 39_276, "month_old": 35_327, "older": 39_305})

# %% [markdown] lang="en"
# Nothing new goes bad this month, and yet 6% of it will in the end: debts keep moving. Of a book of 113,908 yuan,
# 17,512 would be lost. Whoever counts only this month's step sees less than half of that. Your turn: a book of your own.

# %% [markdown] lang="zh"
# 本月的新账，这个月没有一元成为坏账，最终却有 6% 收不回来：欠款会一直移动下去。账上的 113,908 元，照这样会损失 17,512 元。只看本月这一步，看到的还不到其中的一半。现在轮到你：一本你自己的账，求最终收回的金额（`collected`）和损失的金额（`lost`）。

# %%
display(item("credit_policy-p10"))
answer = {"collected": ..., "lost": ...}
# BEGIN SOLUTION
mine = item("credit_policy-p10").params
stay = 1 - mine["paid"] - mine["bad"]
answer = {"collected": mine["book"] * mine["paid"] / (1 - stay), "lost": mine["book"] * mine["bad"] / (1 - stay)}
# END SOLUTION
check("credit_policy-p10", answer)

# %% [markdown] lang="en"
# ### Collection, the missing part
#
# A friendly reminder before the day, a call on the day after, a plan for those who cannot, no more goods for those who will not. **Collection** is a ladder, and the
# early rungs are cheap. A disputed invoice needs a solution, not a threat. The table shows our market's answer to no, half and full effort at 45 days and standard 1. Full effort costs 0.8% of sales. It saves 0.6% in bad debts and, at 1% a month, another 0.6% in waiting: here it pays. A card:

# %% [markdown] lang="zh"
# ### 收账，漏掉的那个部分
#
# 到期之前，客气地提醒一声；到期次日，打一个电话；付不出的，商定还款计划；不肯付的，停止供货。**收账**是一架梯子，开头几级花不了多少钱。发票有争议，需要的是解决办法，不是威胁。下表是我们的市场在信用期限 45 天、标准 1 时的反应，收账力度分别为零（`none`）、一半（`half`）和全力（`full`）。全力收账的成本，是销售额的 0.8%；坏账少了 0.6%，收款提早，按资金成本每月 1% 计，又省 0.6%：在这里，全力收账是划算的。表后有一张卡片。

# %%
efforts = {"none": 0, "half": 0.5, "full": 1}
display(respond(45, 1, list(efforts.values())).round(4).set_axis(list(efforts)))
practise("credit_policy", 11)

# %% [markdown] lang="en" tags=["instructor"]
# **Instructor.** Sections 4 and 5 take 35 minutes. For the limits give each of five students a salon and let them haggle for the
# cap of 3,000 before the model speaks. In section 5 ask who in the room has been blamed for a DSO. If time is short, skip the chain.

# %% [markdown] lang="zh" tags=["instructor"]
# **教师提示**：第 4、5 节共 35 分钟。讲额度时，请五位学生各代表一家店，为 3,000 元的上限讨价还价，然后才让模型说话。第 5 节，问一问在座谁为 DSO 挨过批评。时间不够，就略去账龄链。

# %% [markdown] lang="en" teaches="policy.finance-type policy.sales-type policy.balanced-type"
# ## 6 · Three types, and the cash they need
#
# Note 5 knows three types. The **finance-oriented** policy (财务型) keeps bad debts and delays low; it may hold growth back and lose key customers, and suits mature firms that lead their
# market. The **sales-oriented** one (销售型) has easy terms and is lenient with late payers: fast growth, high risk, slow turnover, even sudden crises. It suits well-funded firms with sound credit systems that enter a market or grow. The **balanced** one (均衡型) is
# only named.
#
# Why "sudden crises"? Sold is not paid. Take a margin of 12%, cash for a month and a half, and customers who pay after one, two or three months. How fast
# can sales grow? The cash must last for three years. Predict; run; then do the task of **W12.4 Three policies**.

# %% [markdown] lang="zh"
# ## 6 · 三种类型，各要多少现金
#
# 笔记 5 讲到三种类型。**财务型**（finance-oriented）政策，坏账和拖欠都压得很低，但企业发展可能受到制约，还可能失去关键客户；适合在市场中占主导地位的成熟企业。**销售型**（sales-oriented）政策，付款条件优惠，对拖欠也宽松：发展快，风险高，资金周转慢，甚至可能面对突发性的危机；适合资金实力强、信用管理制度健全、正在进入市场或正在成长的企业。**均衡型**（balanced）政策，只有一个名称。
#
# 为什么会有“突发性的危机”？卖出了货，不等于收到了钱。设毛利率为 12%，现金相当于一个半月的销售额，客户在一个月、两个月或三个月以后付款。现金要撑满三年，销售最快能增长多少？先作出预测；再运行；然后完成 **W12.4 三种政策**的任务。

# %%
predict("credit_policy-q4")

# %%
for lag in (1, 2, 3):
    print(lag, round(solvent_growth(lag), 3), round(solvent_growth(lag, pay_first=True), 3))
three_policies()

# %% [markdown] lang="en"
# Each line gives the lag, the growth if money comes in before bills are paid, and if bills come first. A firm can grow
# itself to death while every sale is profitable. Without cash to live on, growth lasts only up to $(1 - m)^{-1/\text{lag}} - 1$ with margin $m$: 13.6, 6.6 and 4.4% a month. Cash at the start buys time. Above that line no sum is enough for ever.
#
# The wish of the sales head earns most of the three in every month that it lives, and runs out of cash in month 7. Twelve months of cash buy until
# month 22; full collection, one month. A period of 30 days saves it. And the explorer begins after the switch: the receivables that go with today's sales are there already, 585 thousand yuan for the wish. Coming from cash, Lanwan would first have to find that money (section 3).
#
# Now 49 policies with half of the full effort of collection: cash, and 15 to 60 days with 0 to 2% discount and four standards. Profit is 12% of sales, less discounts, collection, average bad debts, 1% a month on the cost tied up, and 2,000 a month for a credit desk; cash earns 12,000. A policy is **efficient** (有效) if no other sells as much with as
# little bad debt. And the balanced one? *Our* definition: the highest gain over cash sales (`gain_per_risk`), per yuan by which losses swing between years (`loss_sd`).

# %% [markdown] lang="zh"
# 每行依次是滞后（lag）的月数、每月先收款后付账时最高的月增长率、先付账后收款时最高的月增长率。每一笔生意都赚钱，企业照样可能死于增长。没有现金老本可吃，能够长久维持的月增长率最高只有 $(1 - m)^{-1/\text{lag}} - 1$（$m$ 是毛利率，lag 是滞后的月数），依次为 13.6%、6.6% 和 4.4%。期初的现金，买来的是时间；增长超过这条线，添多少钱也不能永远撑下去。
#
# 销售主管想要的政策，在三种方案里，只要还活着，每个月都赚得最多；可是到第 7 个月，现金就用尽了。期初现金加到十二个月的现销额，只能撑到第 22 个月；全力收账，只多撑一个月。把信用期限改为 30 天，才救得活。还要注意，这个探索器从改为赊销以后开始：与目前的销售相应的应收账款，已经在账上了；按销售主管的政策，就是 585 千元。如果从现款起步，蓝湾先得筹到这笔钱（第 3 节）。
#
# 下面是 49 种政策，收账力度都是全力的一半：一种现款；其余信用期限 15 至 60 天，折扣 0 至 2%，标准四级。利润等于销售额的 12%，减去折扣、收账费用、平均的坏账、资金成本（按占用的成本计，每月 1%），以及信用部门每月 2,000 元的开支；现款每月赚 12,000 元。如果没有别的政策能以同样低的坏账率卖出同样多，这种政策就是**有效**（efficient）的；有效的政策连成有效前沿。那么均衡型呢？*我们*的定义是：比现款多赚的利润，除以损失在各年之间的波动（`loss_sd`），比值（`gain_per_risk`）最高的一种。
#
# 表中各列是信用期限（`period_days`）、折扣（`discount`）、标准（`standard`）、每月的销售额（`sales`）、多少天收到货款（`delay_days`）、坏账率（`bad_debt`）、每月的利润（`profit`）、各年之间损失的标准差、上述比值和类型（`type`）：财务型（`finance`）、均衡型（`balanced`）、销售型（`sales`）。

# %%
policies = frontier(load("credit_policy_grid"))
display(policies[policies["type"] != ""].drop(columns="efficient").round(3))
display(draw(policy_frontier, policies))
practise("credit_policy", 4)

# %% [markdown] lang="en"
# By this measure: 45 days, 2% discount, standard 1. It is a simple measure, and not a robust answer: with no desk to pay, 30 days at standard 0 would win; with 3,000 a month, 60 days at standard 1.
#
# Back to the vote. Sales is right that credit earns more: 14,487 a month against 12,000. Finance is right that the wish cannot be paid for. Put 45 days and standard 1 into W12.4 (it knows no discount): does it survive, and on how little cash?
#
# The note leaves the line blank. Write your own definition in
# `answer`: at least 25 words, with a measure that one could compute, and how it picks a policy from such a table.

# %% [markdown] lang="zh"
# 这样衡量，均衡型就是：45 天，折扣 2%，标准 1。这个指标简单，答案却不稳健：信用部门如果不花钱，胜出的是 30 天、标准 0；如果每月花 3,000 元，就是 60 天、标准 1。
#
# 回到开头的投票。销售主管说得对，赊销赚得更多：每月 14,487 元，而现款是 12,000 元。财务主管也说得对，销售主管想要的政策，蓝湾的资金负担不起。把 45 天和标准 1 放进 W12.4（那里没有折扣）：它能活下来吗？最少要备多少现金？
#
# 笔记在这里留了空白。把你自己的定义写进 `answer`：至少 25 个词（约五十个汉字），其中要有一个算得出来的指标，并说明怎样用它从这样的表中选出一种政策。

# %%
answer = ...
# BEGIN SOLUTION
# [en] One possible answer.
# [zh] 一种可能的回答。
answer = "A balanced policy is the one with the highest profit after the cost of money among all policies whose "  # [en]
answer += "bad-debt rate stays below one percent. Sort the table by profit and take the first row under that limit."  # [en]
answer = "均衡型政策，就是坏账率低于百分之一的政策中，扣除资金成本以后利润最高的一种。"  # [zh]
answer += "从表中先去掉坏账率超过上限的，再按利润排序，取第一行。"  # [zh]
# END SOLUTION
check("credit_policy-p15", answer)

# %% [markdown] lang="en" tags=["instructor"]
# **Instructor.** Section 6 takes 25 minutes. Return to the vote. Collect definitions of "balanced" on the board before the frontier is drawn, and ask of each: what would you compute? Ours is one of many, and it ignores the cash: put its
# 45 days and standard 1 into W12.4 to see whether it survives. (It does.)

# %% [markdown] lang="zh" tags=["instructor"]
# **教师提示**：第 6 节共 25 分钟。回到开头的投票。先把大家对“均衡”的定义收集到黑板上，再画有效前沿；对每一个定义都问：要算什么？我们的定义只是其中一种，而且没有考虑现金：把它的 45 天和标准 1 放进 W12.4，看它能不能活下来。（能。）

# %% [markdown] lang="en"
# ## Worked example: can we afford the growth?
#
# A firm sells 100,000 a month, margin 12%, and has cash for one and a half months. Customers pay after two months. Sales are to grow by 8% a month for
# three years. They cannot, as you will see: in month 24 the cash is gone.
#
# After it come the same steps with other numbers, and a mixed case from sections 2 and 3. Both have your own numbers once you have
# set `student("2026001")` on the start page.

# %% [markdown] lang="zh"
# ## 例题：这样的增长，负担得起吗
#
# 一家企业每月销售 100,000 元，毛利率 12%，现金相当于一个半月的销售额。客户在两个月以后付款。计划在三年里，销售每月增长 8%。你会看到，它负担不起：到第 24 个月，现金就用尽了。
#
# 例题之后，先换一组数，做同样的几步。然后独立解一道综合题，内容出自第 2、3 节。如果你在起始页用 `student("2026001")` 登记过，两题都是你自己的数字。

# %%
# [en] 1. How fast could it grow?
# [zh] 1. 最快能增长多少？
print(round(solvent_growth(2), 4))
# [en] 2. Its cash at the planned growth: the first month below zero, and the worst.
# [zh] 2. 按计划的增长，现金哪个月首次低于零，最少时是多少？
cash = cash_path(0.08, 2)["cash"]
print(int((cash < 0).idxmax()), round(cash.min()))
# [en] 3. What it would have had to bring along beside its 150,000.
# [zh] 3. 除了手头的 150,000，还缺多少？
print(round(max(-cash.min(), 0)))

# %%
display(item("credit_policy-p1"))
answer = {"month": ..., "missing": ...}
# BEGIN SOLUTION
mine = item("credit_policy-p1").params
cash = cash_path(mine["growth"], mine["lag"], mine["margin"], mine["start_months"], mine["months"])["cash"]
answer = {"month": int((cash < 0).idxmax()), "missing": max(-cash.min(), 0)}
# END SOLUTION
check("credit_policy-p1", answer)

# %%
# [en] Another round? from crmlab import new_numbers, then new_numbers("credit_policy-p2").
# [zh] 想再练一次？先 from crmlab import new_numbers，再 new_numbers("credit_policy-p2")。
display(item("credit_policy-p2"))
answer = {"rate": ..., "npv": ..., "units": ...}
# BEGIN SOLUTION
mine = item("credit_policy-p2").params
rate = discount_cost(mine["discount"], mine["discount_days"], mine["net_days"], mine["year_days"])
found = switch_to_credit(mine["price"], mine["variable_cost"], mine["now"], mine["new"], mine["rate"], mine["default"])
answer = {"rate": 100 * rate, "npv": found.npv, "units": found.break_even_units}
# END SOLUTION
check("credit_policy-p2", answer)

# %% [markdown] lang="en"
# ## Source check
#
# **The notes.** The four parts and the three types stand in note 5; the third type has a name and no sentence.
#
# **The literature, and this kit.**
#
# - Textbooks count collection as a part of the policy (Ross, Westerfield & Jordan); the notes' list of four does not, though their sales type is lenient with late payers. We added it.
# - The market's answer is our own: 15% more demand for 30 days, odds of default up by 25% for 30 days and by 40% for a step of the standard; 30% more demand on any credit at all. Growth rises by 2 points a month for 30 days and by 1 for a step, for the whole run; few markets bear that for three years. A firm finds its own by trials (chapter 07).
# - "Fits well-funded firms": funds buy time. Whether they buy enough depends on growth, lag and margin; compute it.
# - Suppliers lend where banks do not (Petersen & Rajan 1997). So terms are also finance. The loan is dear where a discount is given up; many suppliers give simple net terms (Ng, Smith & Smith 1999).
# - DSO misleads when sales move (Lewellen & Johnson 1972). A constant pattern is our assumption; in life it moves too.
# - Gitman's result depends on rounding: with turnovers rounded to 12.2 and 8.1 the gain is 2,826, exactly and with 365 days 2,848.
#
# ## Ethics: day ninety
#
# Lanwan's largest customer, a chain of sixty salons, pays on day 90, though the contract says 30. Nobody calls. Small salons get a call on day
# 31. The chain also takes the 2% for early payment, "by custom".
#
# Decide what to do. Write at least 40 words: who pays for the chain's habit, which rule you apply to all, what you would tell the chain, and what it might cost.

# %% [markdown] lang="zh"
# ## 出处核对
#
# **课程笔记怎么说**：四个部分和三种类型，出自笔记 5；第三种类型有名称，没有一句说明。
#
# **文献怎么说，本课怎么做**：
#
# - 教科书把收账算作信用政策的一部分（Ross, Westerfield & Jordan）；笔记列的四项里没有，尽管它说销售型对拖欠宽松。这一部分是我们补上的。
# - 市场的反应是我们自己拟的：信用期限每加长 30 天，需求增加 15%；违约比（odds，违约与不违约之比），每加长 30 天上升 25%，标准每放宽一级上升 40%；只要肯赊，需求就增加 30%。增长率每加长 30 天每月提高 2 个百分点，标准每放宽一级每月提高 1 个，而且从头到尾一直如此；很少有市场能这样增长三年。企业要靠试验找出自己的数（第 07 章）。
# - “适合资金实力强的企业”：资金买来的是时间。买到的时间够不够，取决于增长、滞后和毛利率；请算一算。
# - 银行不肯借的地方，供应商肯借（Petersen & Rajan 1997）。所以，付款条件也是一种融资。放弃了折扣，这笔借款就很贵；许多供应商只给付款期限，不给折扣（Ng, Smith & Smith 1999）。
# - 销售变动时，DSO 会误导人（Lewellen & Johnson 1972）。付款模式固定不变，是我们的假设；现实中，它也会变。
# - Gitman 的结果取决于怎样舍入：周转次数取 12.2 和 8.1，净收益为 2,826；不舍入，一年按 365 天计，净收益为 2,848。
#
# ## 伦理：第九十天
#
# 蓝湾最大的客户，是一家有六十家店的连锁企业。合同写的是 30 天，它到第 90 天才付款，也没有人打电话去催。小店到第 31 天，电话就来了。提前付款才有的 2% 优惠，这家连锁企业也照拿，说是“惯例”。
#
# 请决定怎么办。至少写 40 个词（约八十个汉字）：谁在为它的习惯付出代价，你对所有客户用什么规则，你会对它怎么说，这样做又可能付出什么代价。

# %%
answer = ...
# BEGIN SOLUTION
# [en] One possible answer.
# [zh] 一种可能的回答。
answer = "The small salons pay: their prices carry the cost of the chain's ninety days and of a discount it has not earned. "  # [en]
answer += "Rule: the same terms for the same conduct; the call comes on day 31 for all, and no discount after day ten. "  # [en]
answer += "I would tell the chain the yearly cost, offer sixty days at an open price, and accept that it may leave: "  # [en]
answer += "we would lose its margin but get back two months of its receivables."  # [en]
answer = "吃亏的是小店：连锁店拖到 90 天，又拿走不该拿的折扣，这些成本都摊进了小店的价格。"  # [zh]
answer += "规则：行为相同，条件就相同；第 31 天的电话人人都打，过了 10 天谁也没有折扣。"  # [zh]
answer += "我会把一年的成本算给连锁店看，提出给它 60 天，但明码标价，也接受它可能离开："  # [zh]
answer += "会失去它带来的毛利，但能收回两个月的应收账款。"  # [zh]
# END SOLUTION
check("credit_policy-p16", answer)

# %% [markdown] lang="en"
# ## Key points
#
# 1. Four parts in the notes: period, discount, standard, limit. Collection is the fifth.
# 2. A discount is the price of the extra days. State the convention. Credit ties up receipts, and old customers default too.
# 3. A looser standard ties up cost and puts bad debts on all sales. Limits go where the next yuan of risk earns most.
# 4. DSO and ageing move with sales. Follow each month's invoices.
# 5. Debts keep moving. Sum over all months.
# 6. "Balanced" needs a definition. Test every policy by its cash: growth, lag and margin decide, not profit on paper.
#
# ## Glossary
#
# | English | 中文 | English | 中文 |
# |---|---|---|---|
# | credit policy | 信用政策 | credit period | 信用期限 |
# | cash discount | 现金折扣 | credit standard | 信用标准 |
# | credit limit | 信用额度 | collection | 收账政策 |
# | days sales outstanding | 应收账款周转天数 | payment pattern | 付款模式 |
# | ageing chain | 账龄链 | price of risk | 风险的价格 |
# | finance-oriented | 财务型 | sales-oriented | 销售型 |
# | balanced | 均衡型 | efficient | 有效 |
#
# ## Sources
#
# Cyert, Davidson & Thompson (1962). Gitman, *Principles of Managerial Finance* (Dodd Tool). Lewellen & Johnson (1972), *Better Way to Monitor Accounts Receivable*. Ng, Smith & Smith (1999). Petersen & Rajan (1997). Ross, Westerfield & Jordan, *Fundamentals of Corporate Finance* (Locust Software). Thomas, Crook & Edelman (2017).
#
# ## Next
#
# Do the graded set, `exercises/12_credit_policy`: six items with your own numbers. Your progress is on the [start page](start.ipynb).

# %% [markdown] lang="zh"
# ## 要点
#
# 1. 笔记列出四个部分：信用期限、现金折扣、信用标准、信用额度。收账是第五个。
# 2. 折扣，是多占用几天的价格。用哪种算法，要讲明。改为赊销，会占用本来马上到手的收入，而且老客户也会违约。
# 3. 放宽标准，占用的资金按成本计，坏账按全部销售计。额度，给下一元风险赚得最多的客户。
# 4. DSO 和账龄随销售而变。要追踪各月自己的发票。
# 5. 欠款会一直移动。要把所有月份都加起来。
# 6. “均衡”要有定义。每种政策，都要用现金来检验：起决定作用的是增长、滞后和毛利率，不是账面利润。
#
# ## 词汇表
#
# | English | 中文 | English | 中文 |
# |---|---|---|---|
# | credit policy | 信用政策 | credit period | 信用期限 |
# | cash discount | 现金折扣 | credit standard | 信用标准 |
# | credit limit | 信用额度 | collection | 收账政策 |
# | days sales outstanding | 应收账款周转天数 | payment pattern | 付款模式 |
# | ageing chain | 账龄链 | price of risk | 风险的价格 |
# | finance-oriented | 财务型 | sales-oriented | 销售型 |
# | balanced | 均衡型 | efficient | 有效 |
#
# ## 文献
#
# Cyert, Davidson & Thompson (1962). Gitman, *Principles of Managerial Finance* (Dodd Tool). Lewellen & Johnson (1972), *Better Way to Monitor Accounts Receivable*. Ng, Smith & Smith (1999). Petersen & Rajan (1997). Ross, Westerfield & Jordan, *Fundamentals of Corporate Finance* (Locust Software). Thomas, Crook & Edelman (2017).
#
# ## 下一步
#
# 完成评分练习 `exercises/12_credit_policy`：六道题，用你自己的数字。你的进度见[起始页](start.ipynb)。
