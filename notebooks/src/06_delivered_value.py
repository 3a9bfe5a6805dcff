# %% [markdown] lang="en"
# # 06 · Customer-delivered value
#
# > **Lanwan's sales manager asks:** "Our offer is not the cheapest and not the most famous. Is there anybody for whom
# > it is the
# > best?"
#
# You work for Lanwan, which sells refills to hair salons, and you are about to lose a bid. By the end you can say to
# whom, why, and whether to mind.
#
# **Time:** about 75 minutes, then practice. **Data:** three bids, 240 salons that compared values, and their 1,920
# choices. All are simulated, so the truth behind them is known.

# %% [markdown] lang="zh"
# # 06 · 客户让渡价值
#
# > **蓝湾的销售经理问**：“我们的报价不是最便宜的，名气也不是最大的。有没有人觉得我们最好？”
#
# 你在蓝湾工作，公司向美发店供应补充装，眼看一次投标就要落空。学完本章，你能说清输给了谁、为什么输、要不要在意。
#
# **时间**：约 75 分钟，练习另计。**数据**：三份报价、240 家比较过价值的美发店，以及它们的 1,920 次选择。全部为模拟数据，背后的真值是已知的。

# %% [markdown] lang="en"
# ## You will be able to
#
# 1. **compute** what an offer delivers to a customer, and say when the ratio is the wrong ranking;
# 2. **find** the value of an hour at which the ranking flips;
# 3. **estimate** what customers weigh, from paired comparisons and from choices, and **check** whether they
#    contradict themselves;
# 4. **set** a price that shares the value and still leaves a profit;
# 5. **tell apart** value for the firm, value for the customer, and value made together.

# %% [markdown] lang="zh"
# ## 学完本章，你能够
#
# 1. **计算**一份报价让渡给客户多少价值，并说明何时不该按比率排序；
# 2. **求出**使排名翻转的时间价值；
# 3. 根据成对比较和实际选择**估计**客户看重什么，并**检验**他们是否自相矛盾；
# 4. **制定**既分享价值又留有利润的价格；
# 5. **区分**为企业创造的价值、为客户创造的价值和双方共同创造的价值。

# %%
from crmlab import check, draw, item, load, practise, predict, recall, truth, use_language
from crmlab.delivered_value import COSTS, VALUES, ahp, deliver, delivered_by_wage, demand_value, economic_value
from crmlab.delivered_value import fit_choices, nash_split, pairwise, split_price
from crmlab.delivered_value.chart import gain_and_pain
from crmlab.delivered_value.explorer import compare_pairs, split_the_pie, value_scale, whose_time
use_language("en")  # [en]
use_language("zh")  # [zh]
offers = load("delivered_value_offers").set_index("supplier")

# %% [markdown] lang="en"
# ## Warm-up
#
# Three questions from earlier chapters, from memory. If your course skipped one of them, guess: the feedback brings
# the idea back in a line.

# %% [markdown] lang="zh"
# ## 热身
#
# 先凭记忆回答前面章节的三个问题。如果你的课程跳过了某一章，就猜一猜：反馈会用一句话点明要点。

# %%
recall("delivered_value")

# %% [markdown] lang="en"
# ## The case: three bids for one salon chain
#
# A salon chain wants one supplier for its monthly refills. Three bid.
#
# - **Granary** (谷仓) is cheap. You collect the goods yourself, and you carry them.
# - **Laurel** (月桂) has the famous name, and the price that comes with it.
# - **Lanwan** (蓝湾) is you. Your dispensers report when they run low, and your van comes unasked.
#
# The owner has quiet mornings and says that an hour of hers is worth 12 yuan. Her manager runs a full floor. An hour
# away from it costs 40. They read the same table, and they cannot agree.
#
# Every line below is in yuan per order. Time is priced for the owner: hours times 12.

# %% [markdown] lang="zh"
# ## 案例：一家连锁店，三份报价
#
# 一家美发连锁店要为每月的补充装选定一家供应商。三家供应商前来投标。
#
# - **谷仓**（Granary）便宜。货要自己去提，也要自己搬。
# - **月桂**（Laurel）有名气，价格也与名气相称。
# - **蓝湾**（Lanwan）就是你们公司。你们的分液器快用完时会自动报告，不用催，送货车就到。
#
# 店主上午清闲，她说自己的一小时值 12 元。她的经理要照看满座的店面，离开一小时的代价是 40 元。两人看的是同一张表，意见却不一致。
#
# 下表各行的单位都是元/单。时间按店主的标准折算：小时数乘以 12。

# %%
offers[[*VALUES, *COSTS]].head().T

# %% [markdown] lang="en" tags=["instructor"]
# **Instructor.** To here 10 minutes. Let the room vote for one supplier before anyone computes; write the count on
# the board and come back to it after section 3. Most vote for Granary ("cheap") or Laurel ("good"). Few defend
# Lanwan, and those who do mention time. Ask them: *whose* time?

# %% [markdown] lang="zh" tags=["instructor"]
# **教师提示**：到此 10 分钟。先不计算，请全班投票选一家，把票数写在黑板上，第 3 节之后再回来看。多数人选谷仓（“便宜”）或月桂（“好”）。很少有人为蓝湾辩护，肯辩护的人往往提到时间。追问：*谁的*时间？

# %% [markdown] lang="en" teaches="value.delivered value.product value.service value.personnel value.image value.monetary-cost"
# ## 1 · Four gains, four pains
#
# Ask a stylist why she buys where she buys. She will not recite a formula, but she will mention eight things.
#
# | line | 中文 | what she says |
# |---|---|---|
# | **product value** | 产品价值 | "The colour holds." |
# | **service value** | 服务价值 | "They restock before I run out." |
# | **personnel value** | 人员价值 | "The driver knows our names." |
# | **image value** | 形象价值 | "Clients photograph the bottles." |
# | **monetary cost** | 货币成本 | "And then the invoice." |
# | **time cost** | 时间成本 | "I waited all morning." |
# | **physical cost** | 体力成本 | "Six canisters, two floors." |
# | **psychic cost** | 精力成本 | "I lie awake over the colour." |
#
# Commit to a prediction, then run the cell after it.

# %% [markdown] lang="zh"
# ## 1 · 四项所得，四项付出
#
# 问一位发型师为什么在这家进货，她不会背公式，却会提到八件事。
#
# | 项目 | English | 她怎么说 |
# |---|---|---|
# | **产品价值** | product value | “颜色持久。” |
# | **服务价值** | service value | “还没用完，他们就补上了。” |
# | **人员价值** | personnel value | “司机叫得出我们的名字。” |
# | **形象价值** | image value | “顾客会给瓶子拍照。” |
# | **货币成本** | monetary cost | “可账单也跟着来了。” |
# | **时间成本** | time cost | “我等了一上午。” |
# | **体力成本** | physical cost | “六大桶，两层楼。” |
# | **精力成本** | psychic cost | “怕染坏颜色，觉都睡不好。” |
#
# 先作出预测，再运行它后面的单元格。

# %%
predict("delivered_value-q1")

# %%
deliver(offers)

# %% [markdown] lang="en"
# The four gains add up to **total customer value** (总客户价值), the column `total_value`.
#
# The four pains add up to **total customer cost** (总客户成本), the column `total_cost`. The price is only one of them.
#
# What is left is **customer-delivered value** (客户让渡价值), or delivered value for short:
#
# $$V = (b_1 + b_2 + b_3 + b_4) - (c_1 + c_2 + c_3 + c_4)$$
#
# In words: add four gains, subtract four pains, and use each line once. Laurel is the dearest bid, yet it comes
# second, because a price also buys something. Lanwan comes last. Much of what it sells is saved time, and this owner
# has time.
#
# **Change one thing.** The next cell draws the table. Replace the 0 by a discount. How deep must Lanwan cut to come
# first, and what would that do to a firm whose unit cost is 95?

# %% [markdown] lang="zh"
# 四项所得相加，就是**总客户价值**（total customer value），即 `total_value` 一列。
#
# 四项付出相加，就是**总客户成本**（total customer cost），即 `total_cost` 一列。价格只是其中一项。
#
# 剩下的就是**客户让渡价值**（customer-delivered value），简称让渡价值：
#
# $$V = (b_1 + b_2 + b_3 + b_4) - (c_1 + c_2 + c_3 + c_4)$$
#
# 用文字表述：加四项所得，减四项付出，每一行只用一次。月桂最贵，却排在第二，因为多付的钱也换来了东西。蓝湾排在最后：它卖的主要是省下的时间，而这位店主有的是时间。
#
# **改一个数**：下一个单元格把表画成图。把 0 换成降价额：蓝湾要降多少才能排第一？对单位成本为 95 的企业来说，这意味着什么？

# %%
bid = offers.copy()
# [en] Replace the 0: try 10, 20, 30.
# [zh] 把 0 换掉：试试 10、20、30。
bid.loc["Lanwan", "monetary_cost"] -= 0
draw(gain_and_pain, deliver(bid))

# %% [markdown] lang="en"
# ## 2 · Difference or ratio?
#
# Lanwan's sales deck has a slide: "More value per yuan than Laurel!" It compares the **value-cost ratio** (价值成本比),
# total value divided by total cost. The table above agrees: look at the column `ratio`. By delivered value, Laurel is
# ahead. Which number should a buyer believe?
#
# Commit to a prediction, then run the explorer. It opens with the two deals of the question.
#
# **W06.1 Value scale. Task:** change nothing but the large offer's monetary cost. Below which price do difference and
# ratio name the same winner? The sentence under the picture tells you when you are there.

# %% [markdown] lang="zh"
# ## 2 · 差额还是比率？
#
# 蓝湾的销售演示文稿里有一页：“每花一元，得到的价值比月桂更多！”它比较的是**价值成本比**（value-cost ratio），即总价值除以总成本。上表也是这样说的：请看 `ratio` 一列。但按让渡价值，是月桂领先。买方该信哪个数？
#
# 先作出预测，再运行探索器。它一开始显示的就是题中的两种方案。
#
# **W06.1 价值天平。任务**：只改大方案的货币成本。价格低于多少时，差额和比率选出同一个赢家？图下的那句话会告诉你。

# %%
predict("delivered_value-q2")

# %%
value_scale()

# %% [markdown] lang="en"
# A salon cannot pay its rent with a ratio. What it can spend is the difference, and Kotler defines delivered value as
# the difference. The ratio forgets size: a two-yuan biscuit worth six beats both deals by ratio, and nobody furnishes
# a salon with biscuits.
#
# The ratio is a second view. It ranks rightly when money is short and deals repeat, because then every yuan has to
# work hardest. You meet that case in the cards below.

# %% [markdown] lang="zh"
# 房租不能拿比率去交。能花的是差额，科特勒定义的让渡价值也正是差额。比率不管大小：一块饼干卖两元、值六元，按比率胜过这两种方案，但没有人靠饼干开店。
#
# 比率提供的是另一个角度。资金有限、交易可以重复时，它的排序才对，因为这时每一元都要用在刀刃上。后面的练习卡片里会遇到这种情况。

# %% [markdown] lang="en" teaches="value.time-cost value.physical-cost value.psychic-cost"
# ## 3 · Whose time?
#
# The bids state hours, not yuan. An hour has no price tag: it is worth what a person would otherwise do with it. That
# is her **value of time** (时间价值).
#
# So far the owner read the table. Now pass it to her manager. No supplier changes a comma.

# %% [markdown] lang="zh"
# ## 3 · 谁的时间？
#
# 报价里写的是小时，不是元。一小时没有标价：它值多少，取决于这个人本来可以用它做什么。这就是**时间价值**（value of time）。
#
# 前面看表的是店主。现在把表递给经理。各家供应商一个字都没改。

# %%
predict("delivered_value-q3")

# %%
# [en] Change 40 to the value of your own hour and run again.
# [zh] 把 40 换成你自己一小时的价值，再运行一次。
delivered_by_wage(offers, [12, 40])

# %% [markdown] lang="en"
# Becker (1965) made it economics: a purchase costs its price *and* the hours it takes.
#
# $$c = w \cdot h$$
#
# In words: time cost is the value of an hour times the hours. Each offer is therefore a line that falls as the hour
# gets dearer, and its hours say how steeply. Where two lines cross, the ranking flips. A **market segment** (细分市场)
# need not be an age or a district. Here it is an interval of the value of an hour.
#
# **W06.2 Whose time. Task:** find the two values of an hour at which the winner changes, and note them. Then go back
# to 12 and take Lanwan's hours down to 0. Does the owner come over?

# %% [markdown] lang="zh"
# 贝克尔（Becker 1965）把它写进了经济学：一次购买的成本，是价格*加上*它占用的时间。
#
# $$c = w \cdot h$$
#
# 用文字表述：时间成本等于一小时的价值乘以小时数。所以每份报价都是一条直线，一小时越值钱就降得越低，小时数决定它有多陡。两线相交处，排名翻转。**细分市场**（market segment）不一定是年龄或地区，在这里它是时间价值轴上的一段。
#
# **W06.2 谁的时间。任务**：找出赢家易主时的两个时间价值，并记下来。再回到 12，把蓝湾花费的时间降到 0。店主会改选蓝湾吗？

# %%
whose_time()

# %% [markdown] lang="en"
# She does not. You cannot win a customer with an hour she does not miss.
#
# Two more costs never reach the invoice. **Physical cost** (体力成本) is effort of the body: carrying, kneeling,
# climbing.
#
# **Psychic cost** (精力成本) is effort of the mind: searching, remembering, worrying. A dictionary turns 体力 and 精力 both
# into "energy". Keep two lines, or one of them gets lost.
#
# Sort six remarks. Replace each `...` by `"monetary"`, `"time"`, `"physical"` or `"psychic"`.
#
# | key | remark |
# |---|---|
# | `fee` | A disposal fee for empty canisters |
# | `waiting` | Forty minutes waiting for the van |
# | `stairs` | Six canisters up the stairs |
# | `deadlines` | Three order deadlines to keep in mind |
# | `worry` | The fear that a new colour turns green |
# | `bending` | Kneeling to refill the dispenser |

# %% [markdown] lang="zh"
# 她不会。客户不在乎的一小时，赢不来客户。
#
# 还有两项成本从来不上账单。**体力成本**（physical cost）是身体的付出：搬、蹲、爬楼。
#
# **精力成本**（psychic cost）是心神的付出：查找、记挂、担心。英汉词典里，体力和精力都可以译成 energy。请分成两行，否则总会丢掉一项。
#
# 给六句话分类。把每个 `...` 换成 `"monetary"`（货币）、`"time"`（时间）、`"physical"`（体力）或 `"psychic"`（精力）。
#
# | 键 | 一句话 |
# |---|---|
# | `fee` | 空桶处理费 |
# | `waiting` | 等送货车四十分钟 |
# | `stairs` | 把六桶药水扛上楼 |
# | `deadlines` | 心里得记着三个订货截止日 |
# | `worry` | 担心新染膏染出绿头发 |
# | `bending` | 蹲在地上给分液器加液 |

# %%
answer = {"fee": ..., "waiting": ..., "stairs": ..., "deadlines": ..., "worry": ..., "bending": ...}
# BEGIN SOLUTION
answer = {"fee": "monetary", "waiting": "time", "stairs": "physical"}
answer |= {"deadlines": "psychic", "worry": "psychic", "bending": "physical"}
# END SOLUTION
check("delivered_value-p10", answer)

# %% [markdown] lang="en" tags=["instructor"]
# **Instructor.** Section 3 is the heart: 20 minutes, after 10 for sections 1 and 2. Return to the vote on the board
# and ask who would now vote otherwise *as the manager*. Students say "time is money" and stop there; push for the
# number: how much money, whose? A good question: "Name a firm that sells time to people who have plenty of it."
# Expect some to sort `deadlines` under time; a deadline is a date, remembering it is work of the mind.

# %% [markdown] lang="zh" tags=["instructor"]
# **教师提示**：第 3 节是核心：20 分钟；第 1、2 节共 10 分钟。回到黑板上的票数，问：如果你是*经理*，谁会改投？学生会说“时间就是金钱”，然后就此打住；要追问数字：值多少钱，谁的？一个好问题：“举一家企业，它把时间卖给了时间充裕的人。”会有人把 `deadlines` 归为时间；截止日是日期，记着它却费心神。

# %% [markdown] lang="en"
# ## 4 · Where the numbers come from
#
# So far the table fell from the sky. There are two roads to it: ask people, or watch them.
#
# Ask "How important is service, from 1 to 10?" and you get ten, for everything. So ask in pairs: which counts more,
# and how many times? That is a **paired comparison** (成对比较).
#
# The **analytic hierarchy process** (层次分析法, AHP; Saaty 1980) turns such comparisons into weights. The next salon made
# six of them. Predict first what a person without contradictions would say.

# %% [markdown] lang="zh"
# ## 4 · 数字从哪里来
#
# 前面的表像是从天上掉下来的。要得到这些数，有两条路：问客户，或者看客户怎么做。
#
# 若问“服务有多重要，1 到 10 分？”，样样都是十分。所以要两两相比：哪个更重要，是几倍？这就是**成对比较**（paired comparison）。
#
# **层次分析法**（analytic hierarchy process，AHP；Saaty 1980）把这些比较变成权重。下面这家店做了六个比较。先预测：一个前后一致的人会怎么说？

# %%
predict("delivered_value-q4")

# %%
raters = load("delivered_value_raters").set_index("salon_id")
comparisons = pairwise(raters.loc["S0725"].iloc[:6])
print(comparisons.round(2))
ahp(comparisons)

# %% [markdown] lang="en"
# Read the `product` row: as much as image (1), nine times as much as personnel (9). Now the `personnel` row: twice as
# much as image (2). If image equals product, personnel is worth twice the product *and* a ninth of it.
#
# AHP still finds the weights that fit best, and says how badly they fit. That measure is the **consistency ratio**
# (一致性比率, CR):
#
# $$A w = \lambda w \qquad CI = \frac{\lambda - n}{n - 1} \qquad CR = \frac{CI}{RI}$$
#
# In words: the weights are the principal eigenvector of the table. The index is 0 without contradiction, and the
# ratio compares it with random answers. Saaty accepts up to 0.10.
#
# **W06.3 Compare pairs. Task:** another buyer who contradicts herself. The picture names a suspect. Yet two of her
# six answers could each, changed alone, bring the ratio below 0.10. Find both. Which one is the slip? Only she knows.

# %% [markdown] lang="zh"
# 看 `product` 一行：与形象同样重要（1），是人员的九倍（9）。再看 `personnel` 一行：是形象的两倍（2）。既然形象与产品同等重要，人员的重要性就既是产品的两倍，*又*只有产品的九分之一。
#
# AHP 仍会求出拟合得最好的权重，并说明拟合得有多差。衡量它的就是**一致性比率**（consistency ratio，CR）：
#
# $$A w = \lambda w \qquad CI = \frac{\lambda - n}{n - 1} \qquad CR = \frac{CI}{RI}$$
#
# 用文字表述：权重是判断矩阵的主特征向量。没有矛盾时，一致性指标 CI 为 0；一致性比率再拿它与随机判断的平均指标 RI 相比。Saaty 的界限是 0.10，不超过即可接受。
#
# **W06.3 两两比较。任务**：又一位自相矛盾的买主。图中点出了一个可疑的判断。其实六个判断中有两个，只改其中任何一个，都能使比率降到 0.10 以下。把这两个都找出来。哪一个才是口误？只有她自己知道。

# %%
compare_pairs()

# %% [markdown] lang="en"
# ### Watch instead of ask
#
# The same 240 salons each chose eight times between described offers. A **choice model** (选择模型) finds the
# coefficients that make these choices most likely. They are in utility, and nobody pays in utility. So divide by the
# coefficient of the price, with its sign turned:
#
# $$\omega_k = \frac{\beta_k}{-\beta_p}$$
#
# In words: what one more unit is worth in yuan. Read the row `hours`: the price of time, and nobody was asked for it.
# Compare with the printed truth. Then replace `choices` by `choices.head(500)`: what happens to the standard errors?

# %% [markdown] lang="zh"
# ### 不问，只看
#
# 同样这 240 家店，每家做了八次选择，每次面对几份写明内容的方案。**选择模型**（choice model）求出使这些选择最有可能出现的系数。系数以效用为单位，而没有人用效用付账。所以要除以变号后的价格系数：
#
# $$\omega_k = \frac{\beta_k}{-\beta_p}$$
#
# 用文字表述：多一个单位值多少元。看 `hours` 一行：那是时间的价格，可谁也没被问过。把它们与打印出的真值对照。再把 `choices` 换成 `choices.head(500)`：标准误会怎样？

# %%
choices = load("delivered_value_choices")
fit = fit_choices(choices)
print(truth("delivered_value_choices")["weights"])
fit.weights.to_frame().join(fit.standard_errors).round(2)

# %% [markdown] lang="en" teaches="value.maximise-delivered value.seller-material value.seller-spiritual"
# ## 5 · Who keeps the value?
#
# Lanwan's salesperson watches a salon for an hour. She finds that it wastes dye, and shows how the dispenser stops
# that. She has created **material value** (物质价值): trade news, savings, shared resources. The notes set **non-material
# value** (精神价值) beside it, such as speaking well of a customer in one's own circle.
#
# How much is her hour worth? Start from the best alternative and add what differs. That is the **economic value to
# the customer** (客户经济价值, EVC).
#
# The notes also say: maximise delivered value. Predict what becomes of a firm that obeys.

# %% [markdown] lang="zh"
# ## 5 · 价值归谁？
#
# 蓝湾的销售员在一家店里观察了一小时，发现店里浪费染膏，并演示分液器怎样避免浪费。她创造了**物质价值**（material value）：行业信息、增收节支的点子、共享的资源。课程笔记还列出与之并列的**精神价值**（non-material value），例如在自己的圈子里替客户说好话。
#
# 她那一小时值多少？从最佳替代方案的价格出发，加上各项差异的价值，就是**客户经济价值**（economic value to the customer，EVC）。
#
# 课程笔记还说：要使让渡价值最大化。预测一下，照办的企业会怎样？

# %%
predict("delivered_value-q5")

# %%
differences = {"less waste": 14, "time saved": 11, "extra cleaning": -5}  # [en]
differences = {"省料": 14, "省时": 11, "多做清洁": -5}  # [zh]
worth = economic_value(90, differences)
prices = split_price(worth, cost=50, customer_share=[0, 0.5, 1])
# [en] What the order is worth; three prices; unit profit at each.
# [zh] 这一单的价值；三个价格；各自的单位利润。
print(worth, prices, prices - 50)

# %% [markdown] lang="en"
# Three prices, one pie: nothing, half or all of the created value goes to the customer.
#
# $$p = c + (1 - s)(v - c)$$
#
# In words: the price is the cost plus the firm's share of what worth exceeds cost. A discount moves value across the
# table; it does not create any. With everything for the customer, unit profit is zero. "Maximise delivered value"
# therefore needs a **profit constraint** (利润约束): maximise it among the prices the firm can live on.
#
# **W06.4 Split the pie. Task:** the explorer shows Lanwan's bid in a market of owners like ours, at cost. At which
# price does the firm earn most? Is today's price, in the first table, above or below? Then make the rival better by
# 10: which way does the best price move?

# %% [markdown] lang="zh"
# 三个价格，同一块饼：所创造的价值中，归客户的分别是零、一半和全部。
#
# $$p = c + (1 - s)(v - c)$$
#
# 用文字表述：价格等于成本，加上企业在“价值超出成本的部分”中分得的一份。降价只是把价值从桌子这头推到那头，并不创造价值。全部归客户时，单位利润为零。所以“让渡价值最大化”需要一个**利润约束**（profit constraint）：在企业活得下去的价格范围内求最大。
#
# **W06.4 分饼。任务**：探索器里的市场由与这位店主相似的客户组成，蓝湾先按成本报价。价格为多少时企业利润最大？第一张表中的现价，是高于它还是低于它？再把对手的让渡价值提高 10：最佳价格朝哪边移动？

# %%
split_the_pie()

# %% [markdown] lang="en" tags=["instructor"]
# **Instructor.** Sections 4 and 5: 20 minutes; in a one-day workshop skip the formula of CR and the choice model. For
# W06.4 ask the room for a price before anyone moves a slider. Most set it halfway between cost and worth, which is
# fair but not the firm's best; let someone argue that fairness is worth money too. A useful slip: "the discount adds
# value". Ask who had the value before.

# %% [markdown] lang="zh" tags=["instructor"]
# **教师提示**：第 4、5 节：20 分钟；一天的工作坊可略去 CR 公式和选择模型。W06.4 先请全班报一个价，再动滑块。多数人取成本与价值的中点：公平，对企业却不是最优；可请一人论证公平也值钱。常见口误：“优惠增加了价值。”反问：打折之前，这份价值在谁手里？

# %% [markdown] lang="en" teaches="value.for-firm-demand value.for-firm-advocacy value.for-firm-resource value.for-customer-product value.for-customer-firm-resource value.for-customer-staff value.added-system value.relationship-co-created"
# ## 6 · Value in three directions
#
# "Customer value" is one name for opposite things. Always say for whom.
#
# | direction | form | 中文 | at Lanwan |
# |---|---|---|---|
# | for the firm | **demand** | 客户需求价值 | orders of today, related ones, latent ones |
# | for the firm | **advocacy** | 客户宣传价值 | a leading stylist recommends you |
# | for the firm | **resource** | 客户资源价值 | a salon's ideas, contacts, methods |
# | for the customer | **product forms** | 功能、感觉、参与 | it works, it feels good, it lets me take part |
# | for the customer | **firm resources** | 企业资源价值 | your reputation, methods, knowledge, network |
# | for the customer | **staff** | 员工价值 | ideas, feeling, attitude, conduct |
# | for the customer | **value-added system** | 增值体系 | layers around the product: service, technology, management, symbiotic marketing, brand |
# | made together | **co-created value** | 关系价值 | joint development, marketing, investment, learning |
#
# Two of these can be counted. Latent demand is what a salon spends elsewhere. Of what two partners make together,
# Nash gives each its outside option and half of the rest. Run the cell, then sort eight examples into `"firm"`,
# `"customer"` and `"together"`.
#
# | key | example |
# |---|---|
# | `latent` | Refills that a salon still buys elsewhere |
# | `praise` | A famous stylist recommends Lanwan at a fair |
# | `idea` | A salon's nozzle idea, which Lanwan may use freely |
# | `fragrance` | A shampoo that clients like to smell |
# | `driver` | A driver who never grumbles |
# | `know_how` | Lanwan's bookkeeping tips for salons |
# | `lab` | A colour lab that both pay for and both use |
# | `training` | Joint training evenings, takings shared |

# %% [markdown] lang="zh"
# ## 6 · 价值的三个方向
#
# 同叫“客户价值”，方向可能正好相反。每次都要说清：为谁创造。
#
# | 方向 | 形式 | English | 在蓝湾 |
# |---|---|---|---|
# | 为企业 | **客户需求价值** | demand | 现实订单、相关订单、隐性订单 |
# | 为企业 | **客户宣传价值** | advocacy | 知名发型师推荐你们 |
# | 为企业 | **客户资源价值** | resource | 店里的点子、人脉、管理方法 |
# | 为客户 | **功能、感觉、参与** | product forms | 好用、好看好闻、让我参与 |
# | 为客户 | **企业资源价值** | firm resources | 你们的信誉、方法、知识、关系网络 |
# | 为客户 | **员工价值** | staff | 观念、情感、态度、行为 |
# | 为客户 | **增值体系** | value-added system | 产品之外的各层：服务、技术、管理、共生营销、品牌 |
# | 共同创造 | **关系价值** | co-created value | 联合开发、联合营销、联合投资、共同学习 |
#
# 其中两项可以算出来。隐性需求是该店花在别家的钱。对双方共同创造的价值，按纳什谈判解，每一方先得到自己的外部选择，再分得剩余的一半。运行下一格，再把八个例子归入 `"firm"`（为企业）、`"customer"`（为客户）和 `"together"`（共同创造）。
#
# | 键 | 例子 |
# |---|---|
# | `latent` | 某店至今还在别家买的补充装 |
# | `praise` | 知名发型师在展会上推荐蓝湾 |
# | `idea` | 某店想出的喷嘴改进，蓝湾可以无偿使用 |
# | `fragrance` | 顾客喜欢闻的洗发水香味 |
# | `driver` | 从不抱怨的送货司机 |
# | `know_how` | 蓝湾传授给店里的记账诀窍 |
# | `lab` | 双方共同出资、共同使用的染色实验室 |
# | `training` | 合办晚间培训，收入分享 |

# %%
print(nash_split(joint_value=100, firm_outside=20, customer_outside=40))
demand_value(spend=600, share_of_wallet=0.4, related=150)

# %%
answer = {"latent": ..., "praise": ..., "idea": ..., "fragrance": ...}
answer |= {"driver": ..., "know_how": ..., "lab": ..., "training": ...}
# BEGIN SOLUTION
answer = {"latent": "firm", "praise": "firm", "idea": "firm", "fragrance": "customer"}
answer |= {"driver": "customer", "know_how": "customer", "lab": "together", "training": "together"}
# END SOLUTION
check("delivered_value-p11", answer)

# %% [markdown] lang="en"
# ## Worked example: for whom is Lanwan the best?
#
# Back to the sales manager's question. At which value of an hour does Lanwan overtake Laurel, and how many of the 240
# salons lie above?
#
# $$w^* = \frac{L_1 - L_2}{h_1 - h_2}$$
#
# In words: the lead of the slower bid before time is paid, divided by the hours the quicker bid saves. If, apart from time, the bids
# differ in price alone, the lead is just the price gap.

# %% [markdown] lang="zh"
# ## 例题：对谁来说，蓝湾最好？
#
# 回到销售经理的问题。一小时值多少时，蓝湾超过月桂？240 家店中，时间价值高于它的有多少？
#
# $$w^* = \frac{L_1 - L_2}{h_1 - h_2}$$
#
# 用文字表述：费时方案在扣除时间成本之前的领先额，除以省时方案省下的小时数。如果除时间外只有价格不同，领先额就是价格差。

# %%
# [en] 1. Leave time out: what does each bid leave at 0 an hour?
# [zh] 1. 先不计时间：一小时值 0 时，各家还剩多少？
before_time = delivered_by_wage(offers, [0]).loc[0]
# [en] 2. How far is the slower bid ahead?
# [zh] 2. 费时的方案领先多少？
lead = before_time["Laurel"] - before_time["Lanwan"]
# [en] 3. How many hours does the quicker bid save?
# [zh] 3. 省时的方案省几小时？
saved = offers.loc["Laurel", "hours"] - offers.loc["Lanwan", "hours"]
# [en] 4. Which hour closes the gap? And which share of salons values an hour higher?
# [zh] 4. 一小时值多少能补上差距？时间价值高于它的店占多大比例？
flip = lead / saved
print(lead, "/", saved, "=", flip, (raters["value_of_time"] > flip).mean().round(3))
# [en] 5. Check: at that hour both deliver the same.
# [zh] 5. 验算：一小时取这个价值时，两家的让渡价值相等。
delivered_by_wage(offers, [flip])

# %% [markdown] lang="en"
# About one salon in nine, if the others see the remaining lines as this chain does. There is your answer for the
# sales
# manager: yes, for those whose hour is dear. With them the price of 140 holds. With everybody else it loses.
#
# ## One blank, then none
#
# First the same steps with other bids and one blank. Then a bid with all eight lines, without help. Both have your
# own numbers once you have set `student("2026001")` on the start page.

# %% [markdown] lang="zh"
# 大约每九家有一家，前提是它们对其余各行的看法与这家连锁店相同。这就是给销售经理的回答：有，就是时间很值钱的那些店。对它们，140 的价格站得住；对其他店，这个价格会输。
#
# ## 先留一空，再独立完成
#
# 先用同样的步骤做另外两份报价，只留一空。再做一道八行俱全的题，没有引导。如果你在起始页用 `student("2026001")` 登记过，两题都是你自己的数字。

# %%
bids = item("delivered_value-p1").table
print(bids)
before_time = bids["value"] - bids["price"] - bids["effort"]
lead = before_time["A"] - before_time["B"]
saved = bids.loc["A", "hours"] - bids.loc["B", "hours"]
answer = ...  # [en] the value of an hour at which both deliver the same
answer = ...  # [zh] 一小时值多少时，两者的让渡价值相等
# BEGIN SOLUTION
answer = lead / saved
# END SOLUTION
check("delivered_value-p1", answer)

# %%
# [en] Another round? from crmlab import new_numbers, then new_numbers("delivered_value-p2").
# [zh] 想再练一次？先 from crmlab import new_numbers，再 new_numbers("delivered_value-p2")。
item("delivered_value-p2")

# %%
answer = {"A": ..., "B": ..., "winner": ..., "flip_wage": ...}
# BEGIN SOLUTION
mine = item("delivered_value-p2")
left = delivered_by_wage(mine.table, [0, mine.params["wage"]])
saved = mine.table.loc["A", "hours"] - mine.table.loc["B", "hours"]
flip = (left.iloc[0]["A"] - left.iloc[0]["B"]) / saved
answer = left.iloc[1].to_dict() | {"winner": left.iloc[1].idxmax(), "flip_wage": flip}
# END SOLUTION
check("delivered_value-p2", answer)

# %%
# [en] Mixed practice: eight cards from all sections. Compute in an empty cell.
# [zh] 综合练习：来自各节的八张卡片。可以新建单元格来计算。
practise("delivered_value", 12, 3, 8, 5, 6, 7, 9, 4)

# %% [markdown] lang="en"
# ## Source check
#
# **The notes.** The revision notes (客户关系管理知识点复习) list the eight lines, without unit or formula. The nine-step article
# (建立客户忠诚之"九步法") asks the firm to maximise delivered value.
#
# **The literature, and this kit.**
#
# - Kotler takes the difference and mentions the ratio. We rank by the difference, in yuan.
# - Becker prices hours. We take each customer's own value of time, never an average.
# - 体力 and 精力 stay two lines: physical and psychic.
# - Unconstrained, the nine steps end at cost. We add the profit constraint.
# - Saaty's limit of 0.10 is a rule of thumb. In AHP, adding a copy of one option can turn the ranking of the others
#   round: **rank reversal** (逆序现象; Belton & Gear 1983). We weigh criteria with it and never rank bids.
# - For Vargo & Lusch value arises in use, with the customer. Our eight lines are what she expects before.

# %% [markdown] lang="zh"
# ## 出处核对
#
# **课程笔记怎么说**：《客户关系管理知识点复习》列出了八项，没有单位，也没有公式。《建立客户忠诚之“九步法”》要求企业实现让渡顾客价值最大化。
#
# **文献怎么说，本课怎么做**：
#
# - 科特勒用差额，也提到比率。本课按差额排序，单位是元。
# - 贝克尔给时间定价。本课用每位客户自己的时间价值，不用平均数。
# - 体力和精力始终分成两行：physical 与 psychic。
# - 没有约束，“九步法”的终点就是按成本价出售。本课加上利润约束。
# - Saaty 的 0.10 只是经验界限。在 AHP 中，加入某个方案的复制品，可能使其他方案的排序颠倒：**逆序现象**（rank reversal；Belton & Gear 1983）。本课只用它给准则加权，不用它给报价排序。
# - Vargo 与 Lusch 认为，价值在使用中产生，有客户参与创造。本课的八项只是客户事前的预期。

# %% [markdown] lang="en"
# ## Ethics: the price of a busy person
#
# Lanwan's app logs when each manager orders. Those who order at 22:30, in ninety seconds, have dear hours. A
# colleague proposes: show these managers a price 25 yuan higher, for the same service. Nobody else sees it, and
# nobody is told.
#
# China's Personal Information Protection Law (PIPL), article 24, asks that automated decisions from personal data be
# transparent and fair. It bars unreasonable price differences between individuals. A salon may be a company, but its
# manager is a person, and the log is hers.
#
# Charging for speed is not the problem: an express option on an open menu is a price, too. Decide: allow, change or
# refuse. Write at least 40 words. Name who is worse off, the rule you apply, and what you would say if the manager
# asked.

# %% [markdown] lang="zh"
# ## 伦理：大忙人的价格
#
# 蓝湾的应用记录每位经理的下单时间。22:30 下单、九十秒搞定的人，时间一定很值钱。一位同事提议：让这些经理看到的价格高 25 元，服务不变。别人看不到这个价，也不告诉任何人。
#
# 《个人信息保护法》第 24 条要求，利用个人信息进行自动化决策，应当保证决策的透明度和结果公平、公正，不得对个人在交易价格等交易条件上实行不合理的差别待遇。美发店也许是公司，但经理是个人，这些记录是她的。
#
# 为速度收费并不是问题：公开价目表上的加急服务，也是一种价格。请决定：同意、修改还是否决。至少写 40 个词（约八十个汉字）：谁受损，依据什么规则，经理若问起，你会怎么说。

# %%
answer = ...
# BEGIN SOLUTION
# [en] One possible answer.
# [zh] 一种可能的回答。
answer = "Change it. The busy manager pays more for the same service and cannot know it. "  # [en]
answer += "That is an unreasonable difference, drawn from her own data (article 24). "  # [en]
answer += "Offer a real express service at plus 25 to everybody, on the open price list. "  # [en]
answer += "Then I can tell her: you chose speed, and this is what it costs everyone."  # [en]
answer = "修改。忙碌的经理为同样的服务多付了钱，却无从知道；"  # [zh]
answer += "这是利用她自己的数据实行的不合理差别待遇（第 24 条）。"  # [zh]
answer += "应当在公开的价目表上向所有人提供真正的加急服务，加价 25 元。"  # [zh]
answer += "她若问起，我可以当面说：您选了更快的服务，谁选都是这个价，与您的下单记录无关。"  # [zh]
# END SOLUTION
check("delivered_value-p13", answer)

# %% [markdown] lang="en" tags=["instructor"]
# **Instructor.** Section 6 and the ethics box: 15 minutes; the rest is homework. Read the proposal aloud and let the
# room stand: left for allow, middle for change, right for refuse. Usual arguments: "airlines do it" (openly, and you
# can see the other fare), "she can afford it" (that is not the rule), "nobody will notice" (then why not tell?).
# Whoever changes sides says which sentence did it.

# %% [markdown] lang="zh" tags=["instructor"]
# **教师提示**：第 6 节和伦理题：15 分钟；其余作为作业。把提议读一遍，请全班站队：左边同意，中间修改，右边否决。常见理由：“航空公司也这样”（人家是公开的，别的票价也看得见）、“她付得起”（这不是规则）、“没人会发现”（那为什么不说？）。换边的人要说出是哪句话打动了自己。

# %% [markdown] lang="en"
# ## Key points
#
# 1. Delivered value is four gains less four pains, each line once, in money. The difference can be spent; a ratio
#    cannot.
# 2. Rankings flip at the lead before time divided by the hours saved. The same bid is best for one person and worst
#    for another.
# 3. Comparisons give weights, and CR says how far to trust them. Choices give yuan, after division by the price
#    coefficient.
# 4. Price splits value; it does not create it. Maximise delivered value under a profit constraint.
# 5. Value for the firm, for the customer, and made together: always say which.
#
# ## Glossary
#
# | English | 中文 | English | 中文 |
# |---|---|---|---|
# | customer-delivered value | 客户让渡价值 | value of time | 时间价值 |
# | total customer value | 总客户价值 | total customer cost | 总客户成本 |
# | product value | 产品价值 | monetary cost | 货币成本 |
# | service value | 服务价值 | time cost | 时间成本 |
# | personnel value | 人员价值 | physical cost | 体力成本 |
# | image value | 形象价值 | psychic cost | 精力成本 |
# | paired comparison | 成对比较 | consistency ratio | 一致性比率 |
# | choice model | 选择模型 | economic value to the customer | 客户经济价值 |
# | profit constraint | 利润约束 | co-created value | 关系价值（共同创造价值） |

# %% [markdown] lang="zh"
# ## 要点
#
# 1. 让渡价值等于四项所得减四项付出，每行只算一次，以钱计。差额能花，比率不能。
# 2. 使排名翻转的时间价值，等于扣除时间成本之前的领先额除以省下的小时数。同一份报价，对一个人最好，对另一个人最差。
# 3. 成对比较给出权重，CR 说明有几分可信。由实际选择估计的系数，除以变号后的价格系数，就换算成元。
# 4. 价格分配价值，并不创造价值。要在利润约束下使让渡价值最大。
# 5. 为企业、为客户、共同创造：每次都要说清是哪一种。
#
# ## 词汇表
#
# | English | 中文 | English | 中文 |
# |---|---|---|---|
# | customer-delivered value | 客户让渡价值 | value of time | 时间价值 |
# | total customer value | 总客户价值 | total customer cost | 总客户成本 |
# | product value | 产品价值 | monetary cost | 货币成本 |
# | service value | 服务价值 | time cost | 时间成本 |
# | personnel value | 人员价值 | physical cost | 体力成本 |
# | image value | 形象价值 | psychic cost | 精力成本 |
# | paired comparison | 成对比较 | consistency ratio | 一致性比率 |
# | choice model | 选择模型 | economic value to the customer | 客户经济价值 |
# | profit constraint | 利润约束 | co-created value | 关系价值（共同创造价值） |

# %% [markdown] lang="en"
# ## Sources
#
# Becker (1965), *A Theory of the Allocation of Time*. Belton & Gear (1983), *On a Short-coming of Saaty's Method of
# Analytic Hierarchies*. Kotler, *Marketing Management*. McFadden (1974), *Conditional Logit Analysis of Qualitative
# Choice Behavior*. Nash (1950), *The Bargaining Problem*. Saaty (1980), *The Analytic Hierarchy Process*. Vargo &
# Lusch (2004), *Evolving to a New Dominant Logic for Marketing*; (2008), *Service-dominant logic: continuing the
# evolution*. Personal Information Protection Law of the PRC (2021), art. 24.
#
# ## Next
#
# Do the graded set, `exercises/06_delivered_value`: six items with your own numbers. Then chapter 07, where Lanwan
# stops guessing and tests. Your progress is on the [start page](start.ipynb).

# %% [markdown] lang="zh"
# ## 文献
#
# Becker (1965), *A Theory of the Allocation of Time*. Belton & Gear (1983), *On a Short-coming of Saaty's Method of Analytic Hierarchies*. Kotler, *Marketing Management*（科特勒《营销管理》）. McFadden (1974), *Conditional Logit Analysis of Qualitative Choice Behavior*. Nash (1950), *The Bargaining Problem*. Saaty (1980), *The Analytic Hierarchy Process*. Vargo & Lusch (2004), *Evolving to a New Dominant Logic for Marketing*; (2008), *Service-dominant logic: continuing the evolution*.《中华人民共和国个人信息保护法》（2021），第 24 条。
#
# ## 下一步
#
# 完成评分练习 `exercises/06_delivered_value`：六道题，用你自己的数字。然后进入第 07 章：蓝湾不再猜，而是做实验。你的进度见[起始页](start.ipynb)。
