# %% [markdown] lang="en"
# # 01 · Classification: status, importance, urgency
#
# > **Lanwan's two account managers ask:** "Sixty matters are due this week, and we are two. Whom do we serve first, and
# > whom do we keep waiting?"
#
# By the end you can put every customer into a class, say where the class ends, and defend the order in which you work.
# You also know whom not to call.
#
# **Time:** about 80 minutes, then practice. **Data:** 600 matters, 2,000 calls decided by a coin, and 120 notes on salon
# owners. All are simulated, so the truth behind them is known.

# %% [markdown] lang="zh"
# # 01 · 客户分类：状态、重要性与紧急程度
#
# > **蓝湾的两位客户经理问**：“这周有六十件事到期，我们只有两个人。先办谁的，让谁等着？”
#
# 学完本章，你能给每位客户归类，说清每一类的边界在哪里，也说得出为什么按这个顺序办事。你还会知道，哪些客户不必打扰。
#
# **时间**：约 80 分钟，练习另计。**数据**：600 件事务、2,000 通电话（是否提示由抛硬币决定），以及 120 条店主记录。全部为模拟数据，背后的真值是已知的。

# %% [markdown] lang="en"
# ## You will be able to
#
# 1. **write** a class as a rule with edges, so that nobody falls into two classes or into none;
# 2. **compare** readings of "important" and say who changes sides;
# 3. **order** the work of a week by a dispatch rule, and measure what comes late;
# 4. **judge** by kappa whether two people see the same thing in a customer;
# 5. **decide** whom to prompt, by what a prompt changes, and share out a service budget.

# %% [markdown] lang="zh"
# ## 学完本章，你能够
#
# 1. 把一个类**写成**边界明确的规则，使客户既不会归入两类，也不会无类可归；
# 2. **比较**“重要”的几种读法，并说出换一种读法，谁的类别会变；
# 3. 按调度规则**安排**一周工作的先后，并算出延误多少；
# 4. 用 Kappa 系数**判断**两个人看同一位客户，看到的是不是一回事；
# 5. 根据提示能改变什么，**决定**提示谁，并分配服务预算。

# %%
from math import exp

from IPython.display import display
from pandas import DataFrame

from crmlab import check, draw, item, load, practise, predict, recall, truth, use_language
from crmlab.classification import absorb, allocate, contribution, kappa, lift, prompt_targets
from crmlab.classification import schedule, service_code, similarity, uplift, urgency
from crmlab.classification.chart import uplift_bars
from crmlab.classification.explorer import important_how, tier_edges, triage_desk, whom_to_prompt
use_language("en")  # [en]
use_language("zh")  # [zh]
contacts = load("classification_contacts").set_index("contact_id")

# %% [markdown] lang="en"
# ## Warm-up
#
# Three questions from chapter 00, from memory. If your course skipped it, guess: the feedback brings the idea back in a
# line.

# %% [markdown] lang="zh"
# ## 热身
#
# 先凭记忆回答第 00 章的三个问题。如果你的课程跳过了这一章，就猜一猜：反馈会用一句话点明要点。

# %%
recall("classification")

# %% [markdown] lang="en"
# ## The case: Monday, 08:00
#
# Lanwan has two account managers for 1,200 salons. On their desk lie 600 open matters: a quote to send, a dispenser to
# replace, a contract to renew. Sixty of them are overdue or due within a week.
#
# The managers have a method. They answer whoever shouts. The owner wants a better one: "Classify them. Then we know
# whom to serve first, whom to keep close, and whom to let wait."
#
# The course notes offer three classifications: by status, by importance, by urgency. Each sounds simple. Look at the
# table of this week's matters and name, before you read on, the five you would call first.

# %% [markdown] lang="zh"
# ## 案例：周一，08:00
#
# 蓝湾有 1,200 家美发店客户，客户经理却只有两位。桌上压着 600 件没办完的事：有的等报价，有的要换分液器，有的该续合同。其中六十件已经逾期，或一周内到期。
#
# 两位经理自有办法：谁催得凶，先办谁。老板想要更好的办法：“给客户分类。分好了就知道：谁要先服务，谁要跟紧，谁可以等。”
#
# 课程笔记给出三种分法：按状态、按重要性、按紧急程度。听起来都很简单。请看本周事务的表，先别往下读：你最先给哪五位打电话？

# %%
week = contacts[contacts["due_in_days"] <= 7]
week[["status", "deal_value", "win_prob", "potential_annual", "due_in_days", "effort_hours"]].head(8)

# %% [markdown] lang="en" tags=["instructor"]
# **Instructor.** To here 10 minutes. Let pairs name their five and say by which rule. Write the rules on the board, not
# the names. You will get "biggest deal", "overdue first", "most disputes", "those we know". Keep the list: each
# returns under a name of its own, and in section 4 two of them contradict each other.

# %% [markdown] lang="zh" tags=["instructor"]
# **教师提示**：到此 10 分钟。两人一组，选出五位，并说明按的是什么规则。把规则写在黑板上，名字不写。常见的有“金额最大的”“先办逾期的”“纠纷最多的”“跟我们熟的”。这份清单请留着：后面每一条都会有自己的正式名称，到第 4 节，其中两条还会互相矛盾。

# %% [markdown] lang="en" teaches="classification.status"
# ## 1 · Where does the deal stand?
#
# The notes know three states: closed, in negotiation, potential. In the trade they are called **won** (已成交),
# **negotiating** (正在谈判) and **potential** (潜在). Two more are missing: **lost**, a deal that ended with a no, and
# **lapsed**, a salon that used to buy. We added both. Without them, old hopes stay "potential" for ever. Beware: a
# *potential deal* is a state, a customer's *potential* is yuan a year.
#
# A list of classes has a **gap** when some customer fits none, and an **overlap** when some customer fits two.
#
# States also lead somewhere. Each month, say, 60% of the potential deals stay potential, 20% move to talks, 20% die. Of
# those in talks half stay, 30% are signed, 20% break off. How many potential deals are signed in the end? More than 20%
# of 30%, because waiting is no end. `absorb` follows them until they are won or lost.

# %% [markdown] lang="zh"
# ## 1 · 交易到了哪一步？
#
# 课程笔记列了三种状态：**已成交**（won）、**正在谈判**（negotiating）和**潜在**（potential）。还缺两种：**未谈成**（lost），谈过，对方没答应；**已流失**（lapsed），以前买，后来不买了。本课补上这两种，否则，早已落空的指望会永远挂在“潜在”名下。注意：*潜在交易*说的是状态，客户的*潜力*说的是一年多少元。
#
# 给客户分类，如果有人哪一类都不属于，分类就有**遗漏**（gap）；如果有人同时属于两类，就有**重叠**（overlap）。
#
# 状态还会变化。假设每个月，潜在的交易有 60% 仍是潜在，20% 进入谈判，20% 没了下文；正在谈判的有一半继续谈，30% 签约，20% 谈判破裂。潜在的交易，最后能签下多少？比 20% 的 30% 要多，因为等待并不是结局。`absorb` 会一直追踪下去，直到每笔交易或成交，或落空。

# %%
print(contacts["status"].value_counts().to_dict())
pipeline = DataFrame(
    {"potential": [0.60, 0], "negotiating": [0.20, 0.50], "won": [0, 0.30], "lost": [0.20, 0.20]},
    index=["potential", "negotiating"],
)
# [en] Move 0.20 from staying in talks to signing: 0.50 becomes 0.30, and 0.30 becomes 0.50. Run again.
# [zh] 把谈判中停留的 0.20 移给签约：0.50 改为 0.30，0.30 改为 0.50，再运行一次。
absorb(pipeline)

# %% [markdown] lang="en"
# Name the state of six deals. Use `"potential"`, `"negotiating"`, `"won"`, `"lost"` or `"lapsed"`.
#
# | key | deal |
# |---|---|
# | `fair` | An owner left her card at our stand; nobody has called yet |
# | `quote` | Our quote is out; the owner is comparing |
# | `signed` | Signed today; first delivery on Friday, payment later |
# | `rival` | After two talks the salon chose a rival |
# | `silent` | A buyer of many years; last order 14 months ago |
# | `second` | A regular buyer is haggling over a second dispenser |

# %% [markdown] lang="zh"
# 判断六笔交易的状态。用 `"potential"`（潜在）、`"negotiating"`（正在谈判）、`"won"`（已成交）、`"lost"`（未谈成）或 `"lapsed"`（已流失）作答。
#
# | 键 | 交易 |
# |---|---|
# | `fair` | 店主在展位留了名片，还没人联系过她 |
# | `quote` | 报价已发出，店主正在比较 |
# | `signed` | 今天签约，周五首次送货，以后付款 |
# | `rival` | 谈了两次，该店选了别家 |
# | `silent` | 多年的老客户，上一单是 14 个月前 |
# | `second` | 老客户正为第二台分液器讨价还价 |

# %%
answer = {"fair": ..., "quote": ..., "signed": ..., "rival": ..., "silent": ..., "second": ...}
# BEGIN SOLUTION
answer = {"fair": "potential", "quote": "negotiating", "signed": "won"}
answer |= {"rival": "lost", "silent": "lapsed", "second": "negotiating"}
# END SOLUTION
check("classification-p14", answer)

# %% [markdown] lang="en" teaches="classification.urgency classification.urgency.urgent classification.urgency.moderate classification.urgency.non-urgent classification.urgency.slow"
# ## 2 · How soon?
#
# The second classification asks by when a matter must be handled.
#
# | tier | 中文 | the notes say |
# |---|---|---|
# | **urgent** | 急客户 | within a week |
# | **moderately urgent** | 缓急客户 | a week to a month |
# | **non-urgent** | 不紧急客户 | after a month, within three |
# | **slow-response** | 可慢反应客户 | perhaps after three months |
#
# Nice words. Now a matter is due in exactly 7 days. Is it "within a week" or "a week to a month"? And how long is a
# month? Commit to a prediction, then open the explorer.
#
# **W01.1 Edges. Task:** put the closed side back, then make a month a calendar month. You touched no edge in the
# table. How many matters changed their tier each time?

# %% [markdown] lang="zh"
# ## 2 · 有多急？
#
# 第二种分类看的是：一件事最迟什么时候要办。
#
# | 类别 | English | 课程笔记的说法 |
# |---|---|---|
# | **急客户** | urgent | 一周内 |
# | **缓急客户** | moderately urgent | 一周到一个月 |
# | **不紧急客户** | non-urgent | 一个月以上，三个月以内 |
# | **可慢反应客户** | slow-response | 三个月以后才可能 |
#
# 话说得漂亮。可是，一件事正好 7 天后到期，算“一周内”，还是“一周到一个月”？一个月又是几天？先作出预测，再打开探索器。
#
# **W01.1 边界。任务**：先把边界归属改回去，再把一个月改成日历月。表里的边界一个也没动，两次各有多少件事务换了类别？

# %%
predict("classification-q1")

# %%
tier_edges()

# %% [markdown] lang="en"
# People like round deadlines: a week, a month, a quarter. So the days on the edges, or just
# behind them, are the fullest, and the smallest print of the rule decides their fate. Our rule closes each interval on the right:
#
# $$(-\infty, 7] \quad (7, 30] \quad (30, 90] \quad (90, \infty)$$
#
# In words: a day on an edge belongs to the more urgent tier, a month is 30 days, and what is overdue is urgent. Another
# rule may be as good. No rule is not.
#
# One tier is of another kind. Three of them name a deadline. The slow one says that something *may* come of it: a
# probability, not a date. Now classify six days under a rule that you have to read first.

# %% [markdown] lang="zh"
# 人们定期限爱取整：一周、一个月、一个季度。所以边界上和刚过边界的日子最拥挤，它们归哪一类，就看规则里最不起眼的那个括号。本课的规则，区间一律右闭：
#
# $$(-\infty, 7] \quad (7, 30] \quad (30, 90] \quad (90, \infty)$$
#
# 用文字表述：边界上的日子归更急的一类，一个月算 30 天，逾期的算急。换一种规则也未必不好，没有规则就一定不行。
#
# 四类之中，有一类与众不同。前三类说的是期限，可慢反应说的是*也许*会有结果：是可能性，不是日期。下面给六个日子归类，先把规则看清楚。

# %%
display(item("classification-p3"))
answer = {"a": ..., "b": ..., "c": ..., "d": ..., "e": ..., "f": ...}
# BEGIN SOLUTION
mine = item("classification-p3")
closed = "right" if mine.params["rule"].startswith("(-∞, 7]") else "left"
answer = dict(urgency(mine.table["due_in_days"], closed=closed))
# END SOLUTION
check("classification-p3", answer)

# %% [markdown] lang="en" teaches="classification.importance"
# ## 3 · Important how?
#
# The notes call a customer **important** (重要客户) "usually by closable amount or business potential". What does "or" mean:
# either of the two, the larger, or both together?
#
# Take the deal on the table at its chance, $d = p \cdot v$. Take the yearly potential at the share you hope to win over,
# $h = 0.3 \cdot q$. Then the word "or" hides three rules:
#
# $$\max(d, h) \qquad d + h \qquad w\,d + (1 - w)\,h$$
#
# In words: the larger of the two, the sum, or a weighted mean. All three are reasonable. Commit to a prediction.
#
# **W01.3 Important how. Task:** the sum is set. A ring marks each contact whose label differs from the larger-of-two
# reading. Which reading moves most of them? And who is important *and* urgent?

# %% [markdown] lang="zh"
# ## 3 · 怎样才算重要？
#
# 课程笔记说，**重要客户**（important）“一般用可成交额度或者业务潜在量来衡量”。这个“或者”是什么意思：随便哪一个，取较大的一个，还是两个合起来？
#
# 眼前这笔交易，按成交的可能性折算：$d = p \cdot v$。全年的潜力，按有望争取到的份额折算：$h = 0.3 \cdot q$。这样一来，“或者”两个字里就藏着三条规则：
#
# $$\max(d, h) \qquad d + h \qquad w\,d + (1 - w)\,h$$
#
# 用文字表述：取较大者，取两者之和，或取加权平均。三种都说得通。先作出预测。
#
# **W01.3 怎样才算重要。任务**：现在取的是两者之和。与“取较大者”相比，标签变了的客户用圆圈标出。哪种读法改变的标签最多？哪些客户既重要*又*紧急？

# %%
predict("classification-q3")

# %%
important_how()

# %% [markdown] lang="en"
# Nobody lied, and dozens of customers changed class. A definition with an "or" in it has a hidden parameter, and
# whoever sets it decides who gets the manager's time. Write the rule down before you look at the names.
#
# Importance is money at stake. Urgency is time left. They are two axes, not one: look at the few dots that are both.
#
# ## 4 · In which order?
#
# Back to Monday: sixty matters, two managers, three hours of work each on average. Look at the five that you named. By
# which rule did you choose them?
#
# | rule | 中文 | takes first |
# |---|---|---|
# | **EDD** | 最早到期优先 | the earliest due date |
# | **SPT** | 最短工时优先 | the shortest job |
# | **WSPT** | 单位工时权重高者优先 | the most weight per hour |
#
# How good an order is depends on what you count. **Tardiness** (延误) is the days a matter is late; early counts as zero.
# Let a late day of an important contact count five times. Commit, then open the desk.
#
# In **W01.2 Triage desk** compare the best rule with earliest due first: how many matters come late under each? Then add
# a manager. What changes?

# %% [markdown] lang="zh"
# 没有人说谎，却有几十位客户换了类别。定义里只要有“或者”，就藏着一个参数；谁来定这个参数，谁就决定了经理的时间花在谁身上。先把规则写下来，再看名单。
#
# 重要，看的是牵涉多少钱；紧急，看的是还剩多少时间。这是两条轴，不是一条：请看图中既重要又紧急的点，寥寥无几。
#
# ## 4 · 先办哪件？
#
# 回到周一：六十件事务，两位经理，平均每件要办三小时。回头看你选的那五位：你是按哪条规则选的？
#
# | 规则 | English | 先办 |
# |---|---|---|
# | **最早到期优先** | EDD | 到期最早的 |
# | **最短工时优先** | SPT | 工时最短的 |
# | **单位工时权重高者优先** | WSPT | 每小时权重最高的 |
#
# 一种顺序好不好，要看你算的是什么。**延误**（tardiness）是一件事晚了几天，提前的算零。假定重要客户延误一天，按五天计。先作出预测，再打开分诊台。
#
# 在 **W01.2 分诊台**里，拿最好的规则与最早到期优先相比：各有多少件延误？再增加一位经理，有什么变化？

# %%
predict("classification-q2")

# %%
triage_desk()

# %% [markdown] lang="en"
# With too much work, earliest due first spreads the pain: everything is a little late, important matters too. With one
# person, Jackson (1955) proved, no order makes the *worst* delay smaller. Smith (1956): shortest first makes the mean wait
# smallest, weight per hour the weighted mean wait. Weighted days late is another measure, and none of the three is proved
# best for it. With two managers weight per hour wins, with three earliest due first.
#
# So "which rule is best?" is half a question. Best for the worst case, for the average, or for those who weigh most?
# Now four jobs of your own: which goes first under `edd`, `spt` and `wspt`?

# %% [markdown] lang="zh"
# 事情多得办不完时，最早到期优先等于人人分担：件件都晚一点，重要的也不例外。Jackson（1955）证明，只有一个人办事时，没有哪种顺序能让*最长的*延误更短。Smith（1956）证明：最短工时优先，平均等待时间最短；单位工时权重高者优先，加权平均等待时间最短。加权延误天数是另一个指标，三条规则中没有哪一条经证明在这个指标上最好。两位经理时，单位工时权重高者优先胜出；三位经理时，最早到期优先胜出。
#
# 所以，“哪种规则最好？”只问了一半。“最好”是对最糟的一件而言，对平均而言，还是对分量最重的客户而言？下面是你自己的四项任务：按 `edd`、`spt` 和 `wspt`，各先做哪一项？

# %%
jobs = item("classification-p5").table
print(jobs)
answer = {"edd": ..., "spt": ..., "wspt": ...}
# BEGIN SOLUTION
answer = {rule: schedule(jobs, rule).index[0] for rule in answer}
# END SOLUTION
check("classification-p5", answer)

# %% [markdown] lang="en" tags=["instructor"]
# **Instructor.** Sections 1 to 4 take 35 minutes. Return to the rules on the board: "overdue first" is EDD, "biggest
# deal" is weight without hours. Ask which rule a hospital uses, and why not the first-come rule. Someone will say
# "hire a third manager"; let them try it in the explorer: with more hands another rule wins.

# %% [markdown] lang="zh" tags=["instructor"]
# **教师提示**：第 1 至 4 节共 35 分钟。回到黑板上的规则：“先办逾期的”就是 EDD，“金额最大的”只看权重，不看工时。问：医院用的是哪条规则，为什么不是先到先看？会有人说“再招一位经理”；请他在探索器里试试：人手多了，胜出的是另一种规则。

# %% [markdown] lang="en" teaches="ident.identification ident.qualitative ident.good-customer ident.quantitative ident.target-customer ident.lookalike"
# ## 5 · Who is a good customer?
#
# So far the table was full of numbers. **Customer identification** (客户识别) starts earlier: who are our customers, what do
# they need, who is worth most? There are two roads. **Qualitative identification** (定性识别) reads and extracts traits.
# **Quantitative identification** (定量识别) computes.
#
# The revision notes give a good customer five traits: an urgent need, buying power, low cost to serve, small risk, and the
# will to stay. Managers do not write traits. They write notes, such as: "Mr Luo finds our dispensers pretty. His bottles
# do the job just as well, he says." Which trait is that about? The urgent need: it is missing, and a note about a missing
# trait counts for that trait.
#
# Two colleagues read the same 120 notes, each alone, and name the trait. They often agree. Commit to a prediction, then
# look at both.

# %% [markdown] lang="zh"
# ## 5 · 谁是好客户？
#
# 前面的表里全是数字。**客户识别**（customer identification）起步更早：谁是我们的客户，他们需要什么，哪些最有价值？路有两条。**定性识别**（qualitative identification）靠阅读，从中提取特征；**定量识别**（quantitative identification）靠计算。
#
# 复习笔记列出好客户的五个特点：需求迫切，购买力强，服务成本低，风险小，愿意建立长期关系。可经理们写下的不是特点，而是这样的记录：“罗老板觉得我们的分液器挺好看。不过他说现在的瓶子一样好使。”这条记录说的是哪个特点？是需求迫切：罗老板恰恰没有这个特点，而说某个特点缺失的记录，也归在这个特点名下。
#
# 两位同事各自读同样的 120 条记录，写出每条说的是哪个特点。两人常常一致。先作出预测，再来看记录和标签。

# %%
predict("classification-q5")

# %%
notes = load("classification_vignettes")
print(notes["text"][0], notes["text"][3], sep="\n")  # [en]
print(notes["text_zh"][0], notes["text_zh"][3], sep="\n")  # [zh]
print(notes[["coder_a", "coder_b"]].head(4))
print("agreement", (notes["coder_a"] == notes["coder_b"]).mean().round(2))  # [en]
print("一致的比例", (notes["coder_a"] == notes["coder_b"]).mean().round(2))  # [zh]
round(kappa(notes["coder_a"], notes["coder_b"]), 3)

# %% [markdown] lang="en"
# Cohen (1960) takes away what two guessers would reach:
#
# $$\kappa = \frac{p_o - p_e}{1 - p_e}$$
#
# In words: the agreement observed beyond chance, divided by the most there could be beyond chance. **Kappa** (Kappa 系数)
# is 1 for full agreement, 0 for guessing, and below 0 for less than guessers reach. We ask for 0.6 before a label may
# decide anything.
#
# The other road computes. "Value", "profit" and "contribution" are three numbers. Value looks ahead (chapter 03). Profit
# here is revenue less product cost. **Contribution** (贡献) also takes off the hours you spend on the customer.

# %% [markdown] lang="zh"
# 两个人瞎猜，也会有一部分一致。Cohen（1960）把这一部分扣掉：
#
# $$\kappa = \frac{p_o - p_e}{1 - p_e}$$
#
# 用文字表述：实际的一致比偶然的一致多出多少，再除以最多能多出多少。**Kappa 系数**（kappa）为 1，是完全一致；为 0，与瞎猜无异；小于 0，还不如瞎猜。本课要求：达到 0.6，标签才能用来作决定。
#
# 另一条路是计算。“价值”“利润”“贡献”是三个不同的数。价值往前看（第 03 章）。这里的利润是收入减产品成本。**贡献**（contribution）还要减去你花在这位客户身上的工时成本。

# %%
three = {"revenue": [9000, 7500, 4200], "product_cost": [6000, 4200, 2600], "service_hours": [30, 90, 10]}
contribution(DataFrame(three), hour_rate=40)

# %% [markdown] lang="en"
# The second customer has the highest profit and leaves a loss.
#
# A **target customer** (目标客户), say the notes, fits the firm, is its match, resembles loyal customers and can grow with it. That can be
# computed, too. Take the centre of your best salons (code A, see section 6) and rank the others by what you can learn
# from outside, chairs and members: a **lookalike** (相似客户扩展). **Lift** (提升度) says how many times as many A salons the nearest tenth holds as a random tenth would.
#
# A lift above 1 is useful, but a lookalike copies the past. It finds more of those you already serve, and a trait such
# as the district may stand for the people who live there. It also works the other way round, to see risks before they
# sign. Run the cell, then match method and question: `"rule"` (an if-then with edges), `"qualitative"` (read and code
# words), `"quantitative"` (compute from the books) or `"model"` (learned from past cases).
#
# | key | question |
# |---|---|
# | `deadline` | Which matters are due within 7 days? |
# | `words` | What do owners mean by "too much trouble"? |
# | `visits` | Which traits show in the drivers' notes on a salon? |
# | `profit` | Which salons brought a loss last year, hours included? |
# | `strangers` | Which of 5,000 unknown salons resemble our loyal ones? |
# | `chance` | How likely is a salon like this to order if prompted? |

# %% [markdown] lang="zh"
# 第二位客户利润最高，到头来却是亏的。
#
# 课程笔记说，**目标客户**（target customer）的理念和定位与企业一致，门当户对，与忠诚客户相似，还有潜力与企业共成长。这也算得出来。求出最好的那些店（代码 A，见第 6 节）的中心，再凭从外部就能了解的特征，即座位数和会员数，按离中心的远近给其他店排序，这就是**相似客户扩展**（lookalike）。**提升度**（lift）是说：最近的十分之一里，A 类店的数量是随机抽十分之一的多少倍。
#
# 提升度大于 1 就有用，但相似客户扩展只会照搬过去：它找来的，总是你已经在服务的那种客户；而“所在城区”这类特征，背后可能就是住在那里的人。它也可以反过来用，在签约之前看出风险。运行下一格，再给每个问题配上方法：`"rule"`（规则：边界明确的“如果……就……”）、`"qualitative"`（定性：阅读并编码文字）、`"quantitative"`（定量：根据账目计算）或 `"model"`（模型：从以往案例中学习）。
#
# | 键 | 问题 |
# |---|---|
# | `deadline` | 哪些事务 7 天内到期？ |
# | `words` | 店主说“太麻烦”，指的是什么？ |
# | `visits` | 从送货司机的记录中，能看出某店的哪些特征？ |
# | `profit` | 算上工时，去年哪些店让我们亏了钱？ |
# | `strangers` | 5,000 家陌生的店中，哪些与我们的忠诚客户相像？ |
# | `chance` | 这样的一家店，提示后下单的可能性有多大？ |

# %%
salons = load("lanwan_salons").set_index("salon_id")
looks = contacts.join(salons, on="salon_id")[["chairs", "members"]]
best = contacts["code_true"] == "A"
known = contacts.index <= "M300"
near = similarity(looks[~known], looks[known & best])
round(lift(near, best[~known], share=0.1), 2)

# %%
answer = {"deadline": ..., "words": ..., "visits": ..., "profit": ..., "strangers": ..., "chance": ...}
# BEGIN SOLUTION
answer = {"deadline": "rule", "words": "qualitative", "visits": "qualitative"}
answer |= {"profit": "quantitative", "strangers": "model", "chance": "model"}
# END SOLUTION
check("classification-p9", answer)

# %% [markdown] lang="en" teaches="classification.abc-code classification.code-and-cross-sell classification.no-uniform-treatment"
# ## 6 · What the code is good for
#
# A retailer in the notes shows a **customer code** (客户代码) on the agent's screen: A for the best customers, B for high value
# with much potential, C for the rest. But the best customer may have the most potential, too. Then she is A *and* B.
# We use two axes: A by value today, B by **headroom** (增长空间), what she could still buy, among the others.
#
# Can Lanwan build such a code? It sees orders and a manager's guess of the potential. A cell below
# compares that code with the true one by kappa.
#
# The notes report that prompts with a code raise the success of **cross-selling** (交叉销售). A retailer has time to prompt
# 500 of 2,000 customers. Whom? Commit.

# %% [markdown] lang="zh"
# ## 6 · 客户代码有什么用
#
# 课程笔记里有一家零售商，话务员的屏幕上会显示**客户代码**（customer code）：A 是最好的客户，B 是潜力大的高价值客户，C 是其余的客户。可是，最好的客户也可能潜力最大，那她既是 A，*又*是 B。本课用两条轴：A 看现在的价值；其余客户中，B 看**增长空间**（headroom），也就是还能多买多少。
#
# 蓝湾编得出这样的代码吗？它看得见的是订单，以及经理对潜力的估计；真实代码是什么，我们知道。后面的单元格用 Kappa 系数比较这两种代码。
#
# 课程笔记说，屏幕按客户代码提示话务员推荐商品，**交叉销售**（cross-selling）的成功率就会提高。零售商有 2,000 位客户，只来得及提示 500 位。提示谁？先作出预测。

# %%
predict("classification-q4")

# %% [markdown] lang="en"
# Success is not the point: some customers would have bought anyway. So the retailer tossed a coin for 2,000 calls: with a
# prompt, or without. The difference between the two halves is caused by the prompt. It is called **uplift** (提升量):
#
# $$\tau = P(\text{buy} \mid \text{prompt}) - P(\text{buy} \mid \text{no prompt})$$
#
# In words: how many more buy because of the prompt. Run the estimate, and mind the ± in it: 200 calls cannot tell a small
# uplift from none.
#
# **W01.4 Whom to prompt. Task:** the explorer knows the true rates. At how many prompts do "by response" and "by
# uplift" earn the same? Go further: why does one of them now lose with each prompt?

# %% [markdown] lang="zh"
# 成功率说明不了问题：有些客户，没有提示也会买。所以，零售商为 2,000 通电话抛了硬币，决定提示还是不提示。两组之间的差别就是提示造成的，称为**提升量**（uplift）：
#
# $$\tau = P(\text{buy} \mid \text{prompt}) - P(\text{buy} \mid \text{no prompt})$$
#
# 用文字表述：因为有了提示，购买的比例提高多少。请运行估计，并留意结果里的 ±：只有 200 通电话，分不清提升量是很小，还是根本没有。
#
# **W01.4 提示谁。任务**：探索器知道真实的购买率。提示多少次时，“按响应率”和“按提升量”利润相同？再往上加：为什么其中一种从此越加越亏？

# %%
# [en] Lanwan's code from what it sees, against the true one; then the retailer's calls: what did the prompt change?
# [zh] 用蓝湾看得见的信息重建客户代码，与真实代码比较；再看零售商的通话：提示改变了什么？
seen = DataFrame({"value": contacts["orders_12m"], "headroom": contacts["potential_annual"]})
print("kappa", round(kappa(service_code(seen, best=60, promising=150), contacts["code_true"]), 2))
draw(uplift_bars, uplift(load("classification_prompts")))

# %%
whom_to_prompt()

# %% [markdown] lang="en"
# A buys most often, and yet a prompt adds four times as much with B. The truth is 3 points for A, 12 for B and 1 for C.
# The estimate said 10 for A: with 200 calls that is mostly luck, and its ± said so. The best customers need not be the
# ones you can persuade.
#
# ### An end to equal treatment
#
# The notes want to end **uniform treatment** (普惠制): the same service for all wastes hours on the least profitable. But
# "hours by value" is no better. An hour is worth what it *adds*, and the tenth hour adds less than the first. With $x$
# hours a class brings $m(1 - e^{-rx})$: at most $m$, and the faster the larger $r$. `allocate` shares 30 hours so that the
# next hour would bring the same everywhere.

# %% [markdown] lang="zh"
# A 买得最勤，可是提示对 B 的作用是对 A 的四倍。真值是：提示使 A 的购买率提高 3 个百分点，B 提高 12 个，C 提高 1 个。A 的估计值却是 10：只有 200 通电话，这多半是运气，旁边的 ± 已经提醒过你。最好的客户，不一定是你能说动的客户。
#
# ### 告别一视同仁
#
# 课程笔记主张摒弃**普惠制**（uniform treatment）：对谁都是同样的服务，工时就白白花在最无利可图的客户身上。但“按价值分配工时”也好不到哪里去。一小时值多少，要看它*多带来*多少，而第十个小时多带来的，不如第一个小时。在某一类投入 $x$ 小时，带来 $m(1 - e^{-rx})$：最多为 $m$，$r$ 越大，增长越快。`allocate` 分配 30 小时，使下一小时放在哪一类，多带来的都一样。

# %%
most, rate = [9000, 3000, 1000], [0.40, 0.08, 0.10]
best_hours = allocate(30, most, rate).round(1).tolist()
splits = {"equal": [10, 10, 10], "by value": [21, 7, 2], "next hour": best_hours}  # [en]
splits = {"平均": [10, 10, 10], "按价值": [21, 7, 2], "下一小时": best_hours}  # [zh]
for name, hours in splits.items():
    print(name, hours, round(sum(m * (1 - exp(-r * x)) for m, r, x in zip(most, rate, hours, strict=True))))

# %% [markdown] lang="en"
# ## Worked example: is it worth prompting A?
#
# The retailer's manager wants to prompt its 200 best customers, "because they buy". A sale earns 60, a prompt costs 1
# yuan of agent time. What do the prompts add?

# %% [markdown] lang="zh"
# ## 例题：A 值得提示吗？
#
# 零售商的经理要提示最好的 200 位客户，“因为他们会买”。一笔成交赚 60 元；一次提示占用话务员的时间，折合 1 元。这些提示多带来多少？

# %%
# [en] 1. The true rates of A and B.
# [zh] 1. A 和 B 的真实购买率。
true = truth("classification_prompts")
# [en] 2. Uplift: what the prompt adds to the chance to buy.
# [zh] 2. 提升量：提示使购买概率增加多少。
added = {code: true["p_with"][code] - true["p_without"][code] for code in "AB"}
# [en] 3. Extra sales: prompts times uplift. The other sales would have come anyway.
# [zh] 3. 额外成交：提示次数乘以提升量。其余的成交本来就会有。
extra = {code: true["size"][code] * added[code] for code in "AB"}
# [en] 4. Profit: margin of the extra sales less the cost of all prompts.
# [zh] 4. 利润：额外成交的毛利，减去全部提示的成本。
{code: round(60 * extra[code] - 1 * true["size"][code], 2) for code in "AB"}

# %% [markdown] lang="en"
# It is worth it: 200 prompts earn a little. The same agents earn far more with B. First ask "does it pay?", then "what
# else could we do with the time?"
#
# ## One blank, then none
#
# First the same steps with other numbers and one blank. Then a whole decision without help. Both have your own numbers
# once you have set `student("2026001")` on the start page.

# %% [markdown] lang="zh"
# 值得：200 次提示，赚了一点。可同样的话务员去提示 B，赚得多得多。先问“划不划算”，再问“这些时间还能用来做什么”。
#
# ## 先留一空，再独立完成
#
# 先换一组数，走同样的步骤，只留一空。再独立作一个完整的决策，没有引导。如果你在起始页用 `student("2026001")` 登记过，两题都是你自己的数字。

# %%
row = item("classification-p1").table.loc["B"]
print(row)
added = row["p_with"] - row["p_without"]
extra = row["prompts"] * added
answer = ...  # [en] the profit of these prompts, after their own cost
answer = ...  # [zh] 扣除提示成本后的利润
# BEGIN SOLUTION
answer = row["margin"] * extra - row["cost_per_prompt"] * row["prompts"]
# END SOLUTION
check("classification-p1", answer)

# %%
# [en] Another round? from crmlab import new_numbers, then new_numbers("classification-p2").
# [zh] 想再练一次？先 from crmlab import new_numbers，再 new_numbers("classification-p2")。
item("classification-p2")

# %%
answer = {"A": ..., "B": ..., "C": ..., "extra_sales": ..., "profit": ...}
# BEGIN SOLUTION
mine = item("classification-p2")
best = prompt_targets(mine.table, mine.params["capacity"], "uplift", mine.params["cost"])
answer = dict(best.allocation) | {"extra_sales": best.extra_sales, "profit": best.profit}
# END SOLUTION
check("classification-p2", answer)

# %%
# [en] Mixed practice: seven cards from all sections. Compute in an empty cell.
# [zh] 综合练习：来自各节的七张卡片。可以新建单元格来计算。
practise("classification", 6, 4, 10, 7, 11, 8, 12)

# %% [markdown] lang="en"
# ## Source check
#
# **The notes.** One article (客户关系情感维护, 刘博洋) has status, importance and urgency. The revision notes (客户关系管理知识点复习) have
# the traits of good and target customers. The five disciplines (企业客户价值管理的五项修炼) have the retailer and its codes.
#
# **The literature, and this kit.**
#
# - The tiers overlap on day 7, on day 30 or 31, and in month 3. We close intervals on the right and take 30-day months.
# - "Amount or potential" is ambiguous. We make the reading a parameter.
# - The status list lacks lost and lapsed. We add them and say so.
# - A and B of the retailer exclude each other only with two axes. The word for selling is overwritten by an advert in that
#   note; we restore it.
# - A higher success rate is no proof. Lo (2002) asks for the difference to a group without prompt.
# - Scheduling theory (Jackson 1955; Smith 1956) gives each order the measure for which it is best.

# %% [markdown] lang="zh"
# ## 出处核对
#
# **课程笔记怎么说**：状态、重要性、紧急程度，出自刘博洋《客户关系情感维护》。好客户和目标客户的特点，出自《客户关系管理知识点复习》。零售商和它的代码，出自《企业客户价值管理的五项修炼》。
#
# **文献怎么说，本课怎么做**：
#
# - 笔记的各类在第 7 天、第 30 或 31 天、第 3 个月都有重叠。本课取右闭区间，一个月算 30 天。
# - “可成交额度或者业务潜在量”有歧义。本课把读法设为参数。
# - 状态中没有未谈成和已流失。本课补上，并作了说明。
# - 零售商的 A 与 B，只有用两条轴才不会重叠。那篇笔记里的“销售”一词被广告文字顶替，本课已还原。
# - 成功率提高了，并不能证明什么。Lo（2002）要求看与不提示的一组之差。
# - 调度理论（Jackson 1955；Smith 1956）说明每种顺序按哪个指标最好。

# %% [markdown] lang="en"
# ## Ethics: an offer in the middle of a complaint
#
# An owner calls: her dispenser leaks for the second time, and the floor of her salon is wet. The screen shows code B,
# much headroom. The sales manager's new rule says: "Prompt every B, in every call." The agent has four seconds.
#
# The notes praise prompts "in outbound calls or when a complaint is handled". The uplift of a prompt was measured in
# ordinary calls. Nobody measured it in a complaint, nor what it does to next year's orders.
#
# Decide: allow, change or refuse. Write at least 40 words: who gains, who may lose, which rule you apply, and the
# sentence the agent would say.

# %% [markdown] lang="zh"
# ## 伦理：投诉还没完，推销就来了
#
# 一位店主来电：分液器第二次漏了，店里的地板湿了一片。屏幕显示代码 B，增长空间大。销售经理新定的规矩是：“每个 B，每通电话，都要提示。”话务员只有四秒钟。
#
# 课程笔记称赞“外呼营销或处理服务投诉时”的提示。但提升量是在普通电话里测的。放到投诉里会怎样，没人测过；明年的订单会怎样，也没人测过。
#
# 请决定：同意、修改还是否决。至少写 40 个词（约八十个汉字）：谁得益，谁可能受损，依据什么规则，话务员会怎么说。

# %%
answer = ...
# BEGIN SOLUTION
# [en] One possible answer.
# [zh] 一种可能的回答。
answer = "Change it. The firm gains a sale now and then; the owner, who is losing hours, may lose her patience. "  # [en]
answer += "Rule: first mend, then sell, and only what helps with the problem. No prompt while a complaint is open; "  # [en]
answer += "a week after the repair the account manager may call. "  # [en]
answer += "The agent says: I send someone today, and I will ask you on Friday whether all is dry."  # [en]
answer = "修改。企业偶尔多卖一单，店主却正在损失营业时间，还可能失去耐心。"  # [zh]
answer += "规则：先解决问题，再谈销售，而且只谈有助于解决问题的产品。投诉未结案时不提示；"  # [zh]
answer += "修好一周后，客户经理可以去电。"  # [zh]
answer += "话务员应当说：我今天就派人上门，周五再打电话问您是否都修好了。"  # [zh]
# END SOLUTION
check("classification-p13", answer)

# %% [markdown] lang="en" tags=["instructor"]
# **Instructor.** Sections 5 and 6 take 30 minutes, the ethics case 10; the rest is homework. For kappa let two students
# code five notes aloud and stop at the first difference: what did each of them see? Usual slip in section 6: "A responds
# at 33%, so prompt A." Ask what A does on a day without prompts. In the ethics case ask who has been sold something while
# complaining, and what they did next.

# %% [markdown] lang="zh" tags=["instructor"]
# **教师提示**：第 5、6 节共 30 分钟，伦理题 10 分钟；其余作为作业。讲 Kappa 系数时，请两名学生当堂给五条记录贴标签，边想边说，一出现分歧就停：两人各看到了什么？第 6 节的常见口误：“A 的响应率有 33%，当然提示 A。”反问：没有提示的日子，A 会怎么做？伦理题可以问：谁在投诉时被推销过，后来怎么做了？

# %% [markdown] lang="en"
# ## Key points
#
# 1. A class is a rule with edges. On an edge, the rule decides and not the customer; a gap has no class, an overlap has
#    two.
# 2. "Important by amount or potential" is three rules. Whoever picks the reading picks the customers.
# 3. Three dispatch rules, each best for something: the worst delay, the mean wait, the weighted mean wait. Say what you
#    count first.
# 4. Agreement means little before chance is taken off. Kappa does that.
# 5. Prompt, serve and spend where it changes most: by uplift, and by what the next hour adds.
#
# ## Glossary
#
# | English | 中文 | English | 中文 |
# |---|---|---|---|
# | deal status | 交易状态 | potential customer | 潜在客户 |
# | urgent customer | 急客户 | moderately urgent customer | 缓急客户 |
# | non-urgent customer | 不紧急客户 | slow-response customer | 可慢反应客户 |
# | important customer | 重要客户 | tardiness | 延误 |
# | customer identification | 客户识别 | kappa | Kappa 系数 |
# | qualitative identification | 定性识别 | quantitative identification | 定量识别 |
# | target customer | 目标客户 | lookalike | 相似客户扩展 |
# | customer code | 客户代码 | headroom | 增长空间 |
# | cross-selling | 交叉销售 | uplift | 提升量 |
# | contribution | 贡献 | uniform treatment | 普惠制 |
# | lift | 提升度 | dispatch rule | 调度规则 |
#
# ## Sources
#
# Cohen (1960), *A Coefficient of Agreement for Nominal Scales*. Jackson (1955), *Scheduling a Production Line to Minimize
# Maximum Tardiness*. Kaplan & Cooper (1998), *Cost & Effect*. Lo (2002), *The True Lift Model*. Provost & Fawcett (2013),
# *Data Science for Business*. Smith (1956), *Various Optimizers for Single-Stage Production*. Zeithaml, Rust & Lemon
# (2001), *The Customer Pyramid*.
#
# ## Next
#
# Do the graded set, `exercises/01_classification`: six items with your own numbers. Then chapter 02, where a pyramid
# arrives in pieces and the largest customer turns out to cost money. Your progress is on the [start page](start.ipynb).

# %% [markdown] lang="zh"
# ## 要点
#
# 1. 类是带边界的规则。在边界上，说了算的是规则，不是客户；落进遗漏的没有类，落在重叠处的有两个类。
# 2. “按交易额或潜力算重要”，其实是三条规则。谁选定读法，谁就选定了客户。
# 3. 三条调度规则，各有最擅长的一项：最长的延误、平均等待时间、加权平均等待时间。先说清你算的是什么。
# 4. 不扣掉偶然的部分，一致就说明不了什么。Kappa 系数就是用来扣的。
# 5. 提示、服务、花钱，都要用在改变最大的地方：看提升量，看下一小时多带来多少。
#
# ## 词汇表
#
# | English | 中文 | English | 中文 |
# |---|---|---|---|
# | deal status | 交易状态 | potential customer | 潜在客户 |
# | urgent customer | 急客户 | moderately urgent customer | 缓急客户 |
# | non-urgent customer | 不紧急客户 | slow-response customer | 可慢反应客户 |
# | important customer | 重要客户 | tardiness | 延误 |
# | customer identification | 客户识别 | kappa | Kappa 系数 |
# | qualitative identification | 定性识别 | quantitative identification | 定量识别 |
# | target customer | 目标客户 | lookalike | 相似客户扩展 |
# | customer code | 客户代码 | headroom | 增长空间 |
# | cross-selling | 交叉销售 | uplift | 提升量 |
# | contribution | 贡献 | uniform treatment | 普惠制 |
# | lift | 提升度 | dispatch rule | 调度规则 |
#
# ## 文献
#
# Cohen (1960), *A Coefficient of Agreement for Nominal Scales*. Jackson (1955), *Scheduling a Production Line to Minimize Maximum Tardiness*. Kaplan & Cooper (1998), *Cost & Effect*. Lo (2002), *The True Lift Model*. Provost & Fawcett (2013), *Data Science for Business*. Smith (1956), *Various Optimizers for Single-Stage Production*. Zeithaml, Rust & Lemon (2001), *The Customer Pyramid*.
#
# ## 下一步
#
# 完成评分练习 `exercises/01_classification`：六道题，用你自己的数字。然后进入第 02 章：一座金字塔散成了碎块，最大的那家客户，原来是亏钱的。你的进度见[起始页](start.ipynb)。
