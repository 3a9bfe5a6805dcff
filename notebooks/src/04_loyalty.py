# %% [markdown] lang="en"
# # 04 · Four kinds of loyalty
#
# > **Lanwan's owner asks:** "Four salons that I deliver to come back equally often. Granary opens next door on Monday.
# > Whom do I lose?"
#
# By the end you can say what moves each of them, from what they bought and what they answered. You will also have broken
# each kind of loyalty once, with the one event it fears.
#
# **Time:** about 90 minutes, then practice. **Data:** 24,000 orders of 400 salons, a survey of the same salons and 600
# relations, some of them ended; all simulated.

# %% [markdown] lang="zh"
# # 04 · 四种客户忠诚
#
# > **蓝湾的老板问**：“我供货的四家店，回头的次数一样多。下周一，谷仓就在隔壁开张。我会失去谁？”
#
# 学完本章，你能根据订单和问卷，说出每家店的选择受什么左右。你还会亲手把四种忠诚逐一打破，每一种都用它最怕的那件事。
#
# **时间**：约 90 分钟，练习另计。**数据**：400 家店的 24,000 笔订单，对这些店的问卷调查，以及 600 段客户关系（有的已经结束），全部为模拟数据。

# %% [markdown] lang="en"
# ## You will be able to
#
# 1. **define** loyalty with and without behaviour, and **tell** Oliver's four phases from the notes' four types;
# 2. **build** the four types as weights of one choice model;
# 3. **compute** repeat rate, share of requirements, price elasticity, relative attitude and survival;
# 4. **diagnose** a salon's type from its orders and a survey, and say when you cannot;
# 5. **predict** which event breaks which type, and pick the offer that holds it;
# 6. **challenge** "loyalty is the direct result of satisfaction".

# %% [markdown] lang="zh"
# ## 学完本章，你能够
#
# 1. 从含行为与不含行为两个角度**定义**忠诚，并**分清**奥利弗的四个阶段与笔记的四种类型；
# 2. 用同一个选择模型的不同权重**搭建**四种类型；
# 3. **计算**重复购买率、品类份额、价格弹性、相对态度和生存曲线；
# 4. 根据订单和问卷**诊断**一家店属于哪种类型，并说明什么时候诊断不出来；
# 5. **预测**哪种事件会打破哪种忠诚，并选出留得住它的措施；
# 6. **质疑**“忠诚是客户满意效果的直接体现”这句话。

# %%
import math

import pandas as pd
from IPython.display import display

from crmlab import check, draw, item, load, practise, predict, recall, truth, use_language
from crmlab.loyalty import allocate, attitudes, choice_probabilities, colombo_morrison, diagnose, dick_basu
from crmlab.loyalty import elasticity, join_panel, loyalty_variable, relative_attitude, repeat_rate, stress, survival
from crmlab.loyalty.chart import attitude_and_repeat, lasting
from crmlab.loyalty.explorer import break_loyalty, four_people, how_long, satisfied_and_gone
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
# 先凭记忆回答前面章节的三个问题。如果你的课程跳过了某一章，就猜一猜：反馈会用一句话帮你想起要点。

# %%
recall("loyalty")

# %% [markdown] lang="en"
# ## The case: four salons, one repeat rate
#
# Every fortnight a salon orders shampoo refill from the wholesaler of its district. Four brands stand on the shelf:
# Lanwan, Granary, Laurel, Meadow. The orders of 400 salons over 60 fortnights are on record.
#
# Lanwan's owner has picked four of them, because their numbers agree: each bought the same brand as last time in 24 of
# 59 cases. "Four loyal salons," says her sales manager, "or four disloyal ones. At least they are alike."
#
# Look at the next cell: what they bought most, how often they repeated, and how many seconds they took to choose. Are
# they alike?

# %% [markdown] lang="zh"
# ## 案例：四家店，重复购买率相同
#
# 每两周，各店向本片区的批发商订一次洗发水补充装。货架上有四个品牌：蓝湾（Lanwan）、谷仓（Granary）、月桂（Laurel）、青禾（Meadow）。400 家店各 60 次的订单，都有记录。
#
# 蓝湾的老板特意挑出数字相同的四家。第一次订货不算，每家还订过 59 次，其中各有 24 次与上一次买的是同一品牌。“要么是四家忠诚的店，要么是四家不忠诚的店，”销售经理说，“反正四家一个样。”
#
# 看下一个单元格：它们最常买哪个品牌，重复得多不多，挑选用了几秒。四家真的一个样吗？

# %%
choices = load("loyalty_choices")
survey = load("loyalty_survey").set_index("customer_id")
orders = choices.groupby("customer_id")["chosen"]
salons = orders.agg(usual=lambda brands: brands.mode()[0], repeat_rate=repeat_rate)
salons["seconds"] = survey["choice_seconds"]
salons.loc[["S0546", "S0285", "S0421", "S0172"]].round(3)

# %% [markdown] lang="en" tags=["instructor"]
# **Instructor.** To here 10 minutes. Let the room vote: which of the four is Lanwan's most loyal salon? Write the votes
# on the board. Sections 4 and 6 return to them: one goes by liking, and none of the four passes the test of section 6.

# %% [markdown] lang="zh" tags=["instructor"]
# **教师提示**：到此 10 分钟。请全班投票：四家店里，对蓝湾最忠诚的是哪一家？把票数写在黑板上。第 4、6 节再回头看：其中一家凭的是喜爱，而四家没有一家通得过第 6 节的检验。

# %% [markdown] lang="en" teaches="loyalty.oliver-definition loyalty.mutual-trust"
# ## 1 · What is loyalty?
#
# The notes define it three times, and not alike:
#
# - note 1, after Oliver: a deep emotional investment that makes people **rebuy** the same brand in future, whatever the
#   circumstances and the rivals' promotions;
# - note 5: psychological **preference** and sustained purchase;
# - note 4: mutual **trust** (相互信赖) beyond the exchange of money, with three bonds: feeling, complementing interests,
#   information. Morgan & Hunt (1994) see trust as what commitment grows from.
#
# Oliver (1999) himself speaks of a *commitment*, not of emotion alone. All three agree on one point: coming back is not
# enough. Which of the four salons in the question below meets Oliver's definition?

# %% [markdown] lang="zh"
# ## 1 · 什么是忠诚？
#
# 笔记给忠诚下了三次定义，说法各不相同：
#
# - 笔记 1 引奥利弗的话：忠诚是内心深处的一种情感投入，无论环境怎样变化，对手怎样促销，都使人在未来不断**重复购买**同一品牌；
# - 笔记 5：心理**偏爱**，加上持续性的购买行为；
# - 笔记 4：**相互信赖**（mutual trust）的关系，高于以货币为媒介的交换，包含情感、利益互补、信息三条纽带。Morgan 与 Hunt（1994）认为，承诺正是从信任中生长出来的。
#
# 奥利弗（Oliver 1999）本人用的词是*承诺*（commitment），不只是情感。三种定义有一点相同：光是回头来买，还不算忠诚。下面这道题里的四家店，哪一家符合奥利弗的定义？

# %%
practise("loyalty", 1)

# %% [markdown] lang="en" teaches="loyalty.four-degrees loyalty.impulse loyalty.affective loyalty.cognitive loyalty.behavioural loyalty.expert-customer"
# ## 2 · One equation, four people
#
# Note 1 names four types of loyalty. **Impulse loyalty** (冲动型忠诚) rests on an intention that a promotion sways.
# **Affective loyalty** (情感型忠诚) rests on liking. **Cognitive loyalty** (认知型忠诚) rests on facts. **Behavioural
# loyalty** (行为型忠诚) rests on action: an inertia, or an effort to get the same again.
#
# Oliver has four **phases**, in another order, each deeper than the one before and each with its own weak spot:
#
# | Oliver's phase | notes' type | it rests on | it breaks when |
# |---|---|---|---|
# | 1 cognitive (认知) | cognitive | she knows | others have better facts |
# | 2 affective (情感) | affective | she likes | she is disappointed |
# | 3 conative (意动) | impulse | she intends | others make it tempting to try |
# | 4 action (行动) | behavioural | she does it | her brand cannot be had |
#
# We build all four from one equation. What brand $j$ is worth to a salon is
#
# $$u_j = b_1\,\text{price}_j + b_2\,\text{promotion}_j + b_3\,\text{news}_j + b_4\,\text{liking}_j + b_5\,\text{habit}_j + e_j$$
#
# In words: five things, each with a weight, and a bit of chance. The four people differ in their weights and in nothing
# else. Commit to a prediction, then do the task of **W04.1 One equation, four people**. All five rows stand before the
# same shelf and have the same luck.

# %% [markdown] lang="zh"
# ## 2 · 一个方程，四个人
#
# 笔记 1 说忠诚有四种类型。**冲动型忠诚**（impulse loyalty）基于意向，一有促销就动摇。**情感型忠诚**（affective loyalty）基于喜欢。**认知型忠诚**（cognitive loyalty）基于事实。**行为型忠诚**（behavioural loyalty）基于行动：或出于惯性，或不惜费力也要买到同样的东西。
#
# 奥利弗也分四个**阶段**（phases），次序不同，一个比一个深，各有各的软肋：
#
# | 奥利弗的阶段 | 笔记的类型 | 靠的是 | 何时动摇 |
# |---|---|---|---|
# | 1 认知（cognitive） | 认知型 | 她知道 | 别家的事实更好 |
# | 2 情感（affective） | 情感型 | 她喜欢 | 她失望了 |
# | 3 意动（conative） | 冲动型 | 她打算 | 别家诱她一试 |
# | 4 行动（action） | 行为型 | 她就这么做 | 买不到她的品牌 |
#
# 这四种类型，用一个方程就能搭出来。品牌 $j$ 对一家店值多少，由下式决定：
#
# $$u_j = b_1\,\text{价格}_j + b_2\,\text{促销}_j + b_3\,\text{信息}_j + b_4\,\text{喜爱}_j + b_5\,\text{习惯}_j + e_j$$
#
# 用文字表述：五个因素各有权重，再加一点偶然。四个人只是权重不同，别的全都一样。先作出预测，再完成 **W04.1 一个方程，四个人**的任务。图中五行面对的是同样的货架，碰上的运气也一样。

# %%
predict("loyalty-q1")

# %%
four_people()

# %% [markdown] lang="en"
# Liking alone, at about 2.7, brings the same repeat rate as habit did. So a repeat rate cannot tell who is who: two of
# the four nearly agree, for opposite reasons. (The rates are means of 150 salons, the rows one salon each.) This salon
# likes Lanwan best and Meadow least; look what habit makes of it.
#
# Ears help more. Here are six owners, asked why they bought what they bought. Name each `"impulse"`, `"affective"`,
# `"cognitive"` or `"behavioural"`. Watch for the expert: note 1 says that cognitively loyal customers may know more about
# a product than its seller.

# %% [markdown] lang="zh"
# 单靠喜爱，把权重调到 2.7 左右，重复购买率就和刚才靠习惯时一样。可见，光看重复购买率分不清谁是谁：四个人里有两个相差无几，原因却正好相反。（图中的比率是 150 家店的平均，每行只画其中一家。）这家店最喜欢蓝湾，最不喜欢青禾；看看习惯让它买了什么。
#
# 不如听听她们怎么说。下面六位店主，各讲了自己为什么买这一种。请分别归为 `"impulse"`（冲动型）、`"affective"`（情感型）、`"cognitive"`（认知型）或 `"behavioural"`（行为型）。留心其中的“产品专家”：笔记 1 说，认知型忠诚的客户，有时比销售人员还懂产品。

# %%
display(item("loyalty-p2"))
answer = {"r1": ..., "r2": ..., "r3": ..., "r4": ..., "r5": ..., "r6": ...}
# BEGIN SOLUTION
answer = {"r1": "affective", "r2": "impulse", "r3": "cognitive"}
answer |= {"r4": "behavioural", "r5": "impulse", "r6": "cognitive"}
# END SOLUTION
check("loyalty-p2", answer)

# %% [markdown] lang="en" tags=["instructor"]
# **Instructor.** Sections 1 and 2 take 20 minutes. After W04.1 ask each row for one sentence that the owner would say.
# Then the order: let the room find out from the table that "impulse", the first in note 1, is Oliver's third phase, which
# he thinks deep. The source check has the details; the first graded item asks for the order.

# %% [markdown] lang="zh" tags=["instructor"]
# **教师提示**：第 1、2 节共 20 分钟。做完 W04.1，请学生替每一行想一句店主会说的话。接着讨论次序：让全班从表中自己发现，笔记 1 排在首位的“冲动型”，就是奥利弗的第三阶段*意动*（conative），而在他看来，这一阶段已经很深。详见出处核对；评分练习的第一题，问的就是次序。

# %% [markdown] lang="en" teaches="loyalty.measure-time loyalty.measure-repeat loyalty.measure-choice-time loyalty.measure-price-sensitivity loyalty.measure-emotion"
# ## 3 · Three ways to measure: time, behaviour, feeling
#
# Note 5 lists them. **Time** first: how long has the relation lasted? We have 600 relations of another wholesaler, seen
# over eight years. Some have ended (1), some still run (0). Two tempting answers stand in the first line of the output: the
# mean of those that still run, and the mean of those that have ended. What is wrong with each?

# %% [markdown] lang="zh"
# ## 3 · 三种衡量：时间、行为、情感
#
# 这三种都列在笔记 5 里。先看**时间**：交易关系持续了多久？这里有另一家批发商的 600 段客户关系，观察了八年。有的已经结束（1），有的还在延续（0）。输出的第一行，是两个诱人的答案：仍在延续的关系平均多久，已经结束的关系平均多久。它们各错在哪里？

# %%
relations = load("loyalty_relations")
print(relations.groupby("ended")["months"].mean().round(1).to_dict())
alive = survival(relations["months"], left=relations["ended"])
means = relations.groupby("ended")["months"].mean()
draw(lasting, alive, {"still running": means[0], "ended": means[1]})  # [en]
draw(lasting, alive, {"仍在延续": means[0], "已经结束": means[1]})  # [zh]

# %% [markdown] lang="en"
# What still runs has not finished, and the long-lived are over-represented there. What has ended is a selection of the
# short-lived. The blue curve of **Kaplan and Meier** (卡普兰-迈耶曲线) uses both: at each month it asks which share of the
# relations *still under watch* ends. A relation that still runs counts as far as it goes. Statisticians call it
# **censored** (删失). Half end within 20 months, yet the true mean life is 34: a few very long ones pull it up. Here both
# tempting means are too low, since nobody was watched for more than eight years.
#
# And long need not be profitable: Reinartz & Kumar (2002) found weak to moderate correlations between tenure and profit
# in four firms.

# %% [markdown] lang="zh"
# 仍在延续的，还没有走到头；而且其中寿命长的偏多。已经结束的，又偏向寿命短的那一批。图中的蓝线是一条生存曲线，即**卡普兰-迈耶曲线**（Kaplan-Meier curve），它把两种关系都用上了：逐月去问，*尚在观察之中*的关系，有多大比例在这个月结束。仍在延续的，观察到哪个月，就算到哪个月。统计学把这样的数据叫作**删失**（censored）数据。一半的关系在 20 个月内结束，真实的平均寿命却是 34 个月，是少数特别长的关系把它拉高了。这里两个诱人的平均数都偏低，因为没有哪段关系被观察超过八年。
#
# 再说，关系长久，未必利润丰厚：Reinartz 与 Kumar（2002）考察了四家企业，发现交易持续时间与利润只有弱到中等的相关。

# %% [markdown] lang="en"
# **Behaviour** has three measures in note 5: the **repeat rate** (重复购买率), the **choice time** (挑选时间) and **price
# sensitivity** (价格敏感度). The repeat rate counts how often a purchase repeats the one before. The **share of
# requirements** asks which part of all she needs she buys from you.
#
# Smaller brands have fewer buyers, and these repeat less. This is known as **double jeopardy** (双重危险; Ehrenberg 1988).
# The table counts buyers in the first six fortnights. Check it there, then compute the two numbers of a salon.

# %% [markdown] lang="zh"
# **行为**有三项指标，也出自笔记 5：**重复购买率**（repeat rate）、**挑选时间**（choice time）和**价格敏感度**（price sensitivity）。重复购买率，看的是有多大比例的购买与上一次相同。另有一项**品类份额**（share of requirements），看的是她对这类商品的全部需求中，有多大比例是向你买的。
#
# 品牌越小，买的人越少，而且这些人重复购买得也越少。这叫作**双重危险**（double jeopardy；Ehrenberg 1988）。表中的买家数只算前六次订货。请对照表格核实，再求一家店的这两个数。

# %%
last = orders.shift()
brands = choices.groupby("chosen").agg(share=("customer_id", lambda ids: len(ids) / len(choices)))
brands["buyers"] = choices[choices["occasion"] <= 6].groupby("chosen")["customer_id"].nunique()
brands["repeat"] = (choices["chosen"] == last).groupby(last).mean()
print(brands.sort_values("share").round(3))
display(item("loyalty-p3"))
answer = {"repeat_rate": ..., "share": ...}
# BEGIN SOLUTION
mine = item("loyalty-p3").table
own = mine.loc[mine["brand"] == "Lanwan", "bottles"].sum()
answer = {"repeat_rate": repeat_rate(mine["brand"]), "share": own / mine["bottles"].sum()}
# END SOLUTION
check("loyalty-p3", answer)

# %% [markdown] lang="en"
# Price sensitivity has a number: the **elasticity** (弹性), the percent by which the chance to buy moves when the price
# rises by one percent. In our model it is weight × price × (1 − chance to buy): for an impulsive salon and an affective
# one it is printed below. Those who buy anyway can hardly be lost.
#
# Choice time seems to separate types. Compare your four salons of the case once more, and four others on the next item:
# a short time is a sign of habit and of impulse alike. You need a second fact.

# %% [markdown] lang="zh"
# 价格敏感度可以用一个数表示，就是**弹性**（elasticity）：价格上涨百分之一，购买概率变动百分之几。在本章的模型里，它等于权重 × 价格 ×（1 − 购买概率）；下面打印的，是一家冲动型店和一家情感型店的弹性。反正要买的客户，涨价也很难把她赶走。
#
# 挑选时间似乎能把各类型分开。请回头再比一比案例中的四家店，再看下一题的另外四家：时间短，既可能是习惯，也可能是冲动。要分清，还得有第二条线索。

# %%
print(round(elasticity(-0.6, price=5, share=0.28), 2), round(elasticity(-0.3, price=5, share=0.58), 2))
display(item("loyalty-p7"))
answer = {"S1": ..., "S2": ..., "S3": ..., "S4": ...}
# BEGIN SOLUTION
answer = {"S1": "affective", "S2": "cognitive", "S3": "behavioural", "S4": "impulse"}
# END SOLUTION
check("loyalty-p7", answer)

# %% [markdown] lang="en"
# **Feeling** is asked for. Note 5 wants three things: how far she relies on the firm, her attitude to its quality, and her
# attitude to rivals. The survey puts three statements on *each* brand, answered from 1 to 7: I like it, it is good for my
# salon, I would miss it. For liking Lanwan is worth little if Laurel is liked more. What counts is the **relative attitude**
# (相对态度): own less best rival. See how many of those who like Lanwan like a rival as much.

# %% [markdown] lang="zh"
# **情感**要靠问。笔记 5 列了三样：对企业的依赖、对产品质量的态度、对竞争品牌的态度。问卷就*每个*品牌各列三个说法，按 1 至 7 分作答：我喜欢它；它适合我的店；没有它我会想念。为什么每个品牌都问？因为一家店喜欢蓝湾，却更喜欢月桂，这份喜欢就值不了多少。要看的是**相对态度**（relative attitude）：对某个品牌的态度，减去对其最强对手的态度。看看喜欢蓝湾的店里，有多少家对某个对手至少同样喜欢。

# %%
liking = attitudes(survey, ["Lanwan", "Granary", "Laurel", "Meadow"])
ahead = relative_attitude(liking, "Lanwan")
print("Lanwan liked:", int((liking["Lanwan"] > 0).sum()), "liked best:", int((ahead > 0).sum()))  # [en]
print("喜欢蓝湾：", int((liking["Lanwan"] > 0).sum()), "最喜欢蓝湾：", int((ahead > 0).sum()))  # [zh]
practise("loyalty", 4, 5, 6)

# %% [markdown] lang="en"
# ## 4 · Diagnose
#
# Now both sources together. For each order we put beside the chosen brand what else stood on the shelf, and beside that
# how much the salon likes each brand. Then we ask, salon by salon: which weights make these 60 choices most likely? A small
# penalty keeps the weights from running away.
#
# A weight alone names nobody: price is in yuan, promotion is 0 or 1. So each is multiplied by how much its term really
# moves within a choice. That is its **importance**, and the most important term names the type. Price names none, since
# two types watch it. Do you think that 60 orders are enough?

# %% [markdown] lang="zh"
# ## 4 · 诊断
#
# 现在把两种资料合在一起。每一笔订单，除了所选的品牌，还要列出货架上的其他品牌，再注明这家店对各个品牌有多喜欢。然后一家一家地问：哪一组权重，使这 60 次选择最有可能出现？再加一个小小的惩罚项，免得权重大得离谱。
#
# 只看权重，还定不了类型：价格以元计，促销不是 0 就是 1。所以每个权重都要乘以那一项在一次选择中的实际变动幅度，得到这一项的**重要度**（importance）；哪一项的重要度最大，就定为哪种类型。价格不决定类型，因为有两种类型都看价格。你觉得 60 次订货够用吗？

# %%
where = load("lanwan_salons").set_index("salon_id")["district"]
panel = join_panel(choices, load("loyalty_market"), liking, offered_in=where)
print(len(panel), "rows")  # [en]
print(len(panel), "行")  # [zh]
found = diagnose(panel)
display(found.importance.loc[["S0546", "S0285", "S0421", "S0172"]].round(2))
found.mix.loc[["S0546", "S0285", "S0421", "S0172"]].round(2).assign(type=found.type)

# %% [markdown] lang="en"
# One salon waits for promotions, one likes its brand, one reads data sheets. The second table is the **mix**: it shares
# the four importances out to a sum of 1, since real people are mixtures. It is not the chance of being right. The first and
# the fourth row are nearly flat, and one of the two names is wrong. Remember the fourth salon's eight seconds: which one?
#
# Are the names right? In life you would not know. Here the truth is on file, since the salons are simulated.

# %% [markdown] lang="zh"
# 一家等促销，一家爱自己的品牌，一家研究质量资料。第二张表叫**混合比例**（mix）：把四个重要度折算成合计为 1 的比例，因为现实中的人本来就是混合的；它不是“判断正确的概率”。第一行和第四行，四个比例都相差无几，其中有一家定错了。别忘了第四家挑选只用八秒：错的是哪一家？
#
# 这些类型定对了吗？现实中无从知道。这里的店是模拟出来的，真实类型都存有记录。

# %%
true = truth("loyalty_choices")["type"]
print(true[["S0546", "S0285", "S0421", "S0172"]].to_dict())
print(round(float((found.type.astype(str) == true).mean()), 3))
pd.crosstab(true.rename("true type"), found.type.rename("diagnosed"))

# %% [markdown] lang="en"
# The fourth salon buys from habit. It is one of 18 in a hundred whose habit is taken for liking. They look alike: a habit
# often settles on a brand that she likes a little, and the penalty shrinks large weights such as that of habit. Another 9
# go the other way: the survey measures their liking with error, and habit picks up what it missed.
#
# Would a longer watch help? Commit to a prediction, then do the task of **W04.3 How long must we watch?**

# %% [markdown] lang="zh"
# 第四家店买东西，靠的是习惯。每一百家行为型的店，有 18 家的习惯被当成了喜爱，它就是其中一家。两者看上去很像：习惯往往落在她有几分喜欢的品牌上，而惩罚项又把习惯这样的大权重压小了。另有 9 家正好相反：问卷测量喜爱有误差，没测到的那一部分，就记到了习惯的账上。
#
# 观察得再久一些，有用吗？先作出预测，再完成 **W04.3 要观察多久**的任务。

# %%
predict("loyalty-q3")

# %%
how_long()

# %% [markdown] lang="en"
# With news that is soon forgotten, 80 orders bring you above nine in ten. (Other simulated salons, so the rate at 60 differs
# a little from yours.) With news that never fades you stay near seven in ten, however long you watch. Look where the
# wrong ones go: to *cognitive*.
#
# News that wanders moves very far. Even a small weight on it then makes a large difference, so the diagnosis says "facts".
# Now let importance use the spread of a *quiet* market, in the last menu: the names come right. The weights were found well
# all the time; the yardstick had run away. A diagnosis names what moved the choices *while we watched*, and that is not the
# same as character.
#
# And stock-outs? We built them in because we thought them the key to habits. They move the accuracy by seven points at most,
# in either direction. We did not know until we measured.

# %% [markdown] lang="zh"
# 如果质量信息很快被遗忘，观察 80 次订货，十次诊断能对九次以上。（这里是另一批模拟的店，所以 60 次时的正确率与你的略有出入。）如果信息永不消退，无论观察多久，都停在十次对七次上下。看看错的都错到哪里去了：*认知型*。
#
# 信息一直漂移，就会越漂越远。这时哪怕它的权重很小，也会造成很大的差别，于是诊断说“看重事实”。现在请在最后一个菜单里，让重要度改用*平静*市场的变动幅度：类型就又判对了。原来权重一直求得很准，跑掉的是尺子。诊断说出的，是*观察期间*左右选择的东西，并不等于这个人的性格。
#
# 那么断货呢？我们本以为它是看清习惯的关键，才把它放进模拟。可它对正确率的影响，最多七个百分点，而且有升有降。不测，我们也不知道。

# %% [markdown] lang="en" tags=["instructor"]
# **Instructor.** Sections 3 and 4 take 30 minutes. Return to the votes of the case: S0285 is the affective one. In W04.3
# let the room read the behavioural row aloud at 20 and at 120 orders. A good question to end: which term of *your* firm's
# data drifts, so that its importance grows with every month you watch?

# %% [markdown] lang="zh" tags=["instructor"]
# **教师提示**：第 3、4 节共 30 分钟。回到案例的票数：S0285 才是情感型。做 W04.3 时，请学生念出行为型那一行在 20 次和 120 次订货时的数字。适合收尾的问题：*你们*企业的数据里，哪一项一直在漂移，看得越久，就显得越重要？

# %% [markdown] lang="en"
# ## 5 · Break it
#
# A rival arrives. Which event should the owner fear, for whom? Oliver holds that each phase has its own weak spot.
# Commit to a prediction about habit, then do the task of **W04.2 Break the loyalty**. A thousand simulated salons of each
# type buy for a while; then comes one order at which something happens.

# %% [markdown] lang="zh"
# ## 5 · 打破忠诚
#
# 来了一个对手。哪件事该让老板担心，又是为哪一类客户担心？奥利弗认为，每个阶段各有各的软肋。先对习惯作出预测，再完成 **W04.2 打破忠诚**的任务。每种类型模拟了一千家店，先照常买一阵子；然后有一次订货，出了事。

# %%
predict("loyalty-q2")

# %%
break_loyalty()

# %% [markdown] lang="en"
# Each type has its own enemy. A scandal barely touches those who buy from habit, and an empty shelf barely touches those
# who love you; of these a scandal halves at a strength of 0.7. So whom does the owner lose? If Granary opens with a
# promotion, salons like S0546: 28% would stay in quiet times, 2% then. And 28% of four brands is hardly more than chance:
# by Oliver's definition neither the impulsive nor the cognitive ones are loyal to a *brand* at all.
#
# So an offer must fit the type. Four offers: a discount, a data sheet with better facts, personal care, a standing order
# for the next three deliveries. The table gives the percentage points of salons that stay because of each, in quiet
# times. In each row, which gains most per yuan if they cost 40, 10, 80 and 20? For one type the strongest offer is not
# the best buy. Graded item 5 asks with your own costs.

# %% [markdown] lang="zh"
# 每种类型都有自己的天敌。丑闻几乎伤不到凭习惯购买的店，空货架也几乎赶不走凭喜爱购买的店；而丑闻的强度只要到 0.7，后者中留下的就减少一半。那么老板会失去谁？如果谷仓开张就促销，先走的是 S0546 这样的店：平时有 28% 留下，这时只剩 2%。再说，四个品牌里的 28%，比碰运气强不了多少：按奥利弗的定义，冲动型和认知型的店，对*品牌*根本谈不上忠诚。
#
# 所以，挽留的措施要对准类型。措施有四种：折扣（`discount`）、一份数据更好的质量资料（`facts`）、上门关怀（`care`）、今后三次的货自动送到（`standing_order`）。下表列出平时采取每种措施后，留下的店各增加几个百分点。假如四种措施的成本分别为 40、10、80、20 元，每一行里，哪一种每花一元收效最大？有一种类型，最管用的措施并不是最划算的。评分练习第 5 题，会换成你自己的成本来问。

# %%
types = ["impulse", "affective", "cognitive", "behavioural"]
offers = ["discount", "facts", "care", "standing_order"]
gain = {offer: {one: 100 * (stress(one, offer=offer) - stress(one)) for one in types} for offer in offers}
pd.DataFrame(gain).round()

# %% [markdown] lang="en" teaches="loyalty.attitude-and-behaviour"
# ## 6 · Liking and coming back
#
# Put feeling and behaviour together and you get the four fields of **Dick and Basu** (1994): true **loyalty** (真正忠诚),
# **latent** loyalty (潜在忠诚: she likes it best, yet often buys others), **spurious** loyalty (虚假忠诚: she comes back without liking
# it best) and **none**. We take each salon's usual brand.

# %% [markdown] lang="zh"
# ## 6 · 喜欢与回头
#
# 把情感和行为放在一起，就得到 **Dick 与 Basu**（1994）的四格：**真正忠诚**（true loyalty）；**潜在忠诚**（latent loyalty），最喜欢这家，却常买别家；**虚假忠诚**（spurious loyalty），总是回头，却并非最喜欢；**不忠诚**（none）。每家店都按它最常买的品牌来算。

# %%
ahead = [relative_attitude(liking.loc[who], brand) for who, brand in salons["usual"].items()]
salons["relative_attitude"] = ahead
salons["loyalty_class"] = dick_basu(salons["relative_attitude"], salons["repeat_rate"])
display(draw(attitude_and_repeat, salons))
pd.crosstab(salons["loyalty_class"], found.type.rename("diagnosed"))

# %% [markdown] lang="en"
# Nearly all spurious loyals are behavioural. They fill the order book like the loyal ones; when their shelf
# stays empty for six weeks, more than half of those who would have stayed are gone. Sort four salons of your own, as `"loyalty"`, `"latent"`, `"spurious"` or `"none"`.
# High means above 0 in relative attitude, and at least 0.5 in repeat rate.

# %% [markdown] lang="zh"
# 虚假忠诚的店，几乎全是行为型。它们和真正忠诚的店一样，把订单填得满满的；可货架只要空上六周，本来会留下的就走掉一多半。请给你自己的四家店归类：`"loyalty"`（真正忠诚）、`"latent"`（潜在忠诚）、`"spurious"`（虚假忠诚）或 `"none"`（不忠诚）。相对态度大于 0 为高，重复购买率不低于 0.5 为高。

# %%
display(item("loyalty-p10"))
answer = {"S1": ..., "S2": ..., "S3": ..., "S4": ...}
# BEGIN SOLUTION
mine = item("loyalty-p10").table
answer = dict(dick_basu(mine["attitude"] - mine["best_rival"], mine["repeat_rate"]))
# END SOLUTION
check("loyalty-p10", answer)

# %% [markdown] lang="en"
# What if you know only who moves where? **Colombo and Morrison** (1989) split each brand's buyers into a loyal share $a$,
# who stay, and others, who choose by preference $\pi$. The split applies anew at each purchase:
#
# $$p_{jj} = a_j + (1 - a_j)\,\pi_j \qquad p_{ij} = (1 - a_i)\,\pi_j$$
#
# In words: a buyer returns because she is loyal, or because she is free and happens to choose you again. The long-run
# share follows. A brand that half of the free buyers prefer, and that keeps 70% as loyal, ends with 65%. Then three brands of your own.

# %% [markdown] lang="zh"
# 如果只知道谁从哪个品牌转到了哪个品牌，又怎么办？**Colombo 与 Morrison**（1989）把每个品牌的买家分成两部分：忠诚的占 $a$，不会离开；其余的人按偏好 $\pi$ 自由选择。每次购买都重新这样划分：
#
# $$p_{jj} = a_j + (1 - a_j)\,\pi_j \qquad p_{ij} = (1 - a_i)\,\pi_j$$
#
# 用文字表述：一位买家再来，或者因为忠诚，或者因为虽可自由选择，却碰巧又选中了你。长期份额随之而定：一个品牌若有一半的自由买家偏好它，自己的买家又有 70% 忠诚，最后就占到 65%。然后算你自己的三个品牌。

# %%
example = colombo_morrison({"A": 0.7, "B": 0.5, "C": 0.3}, preference=[0.5, 0.3, 0.2])
print(example.transition.round(2), example.steady_state.round(3).to_dict(), sep="\n")
display(item("loyalty-p11"))
answer = {"stay": ..., "win": ..., "long_run": ...}
# BEGIN SOLUTION
mine = item("loyalty-p11").table
found_out = colombo_morrison(mine["loyal"].to_dict(), mine["preference"])
moves = found_out.transition["Lanwan"]
answer = {"stay": moves["Lanwan"], "win": moves["Granary"], "long_run": found_out.steady_state["Lanwan"]}
# END SOLUTION
check("loyalty-p11", answer)

# %% [markdown] lang="en" teaches="loyalty.result-of-satisfaction loyalty.delight-bond loyalty.after-sale-contact"
# ## 7 · Satisfied and gone
#
# Note 5 adds: loyalty is the direct expression of satisfaction. If so, it should grow in step with it, in every market.
# Does it? Predict, then do the task of **W04.4 Satisfied and gone**. Its curve is ours:
# $L = 1 / (1 + e^{-(k(S - 4) + w)})$, loyalty at satisfaction $S$, with competition $k$ and switching cost $w$.

# %% [markdown] lang="zh"
# ## 7 · 满意，却走了
#
# 笔记 5 还说：忠诚是客户满意效果的直接体现。果真如此，无论在什么市场，忠诚都该随满意同步增长。是这样吗？先作出预测，再完成 **W04.4 满意，却走了**的任务。图中的曲线是我们自己设定的：$L = 1 / (1 + e^{-(k(S - 4) + w)})$，即满意度为 $S$、竞争为 $k$、转换成本为 $w$ 时的忠诚。

# %%
predict("loyalty-q4")

# %%
satisfied_and_gone()

# %% [markdown] lang="en"
# In words: loyalty rises with satisfaction, steeply where competition is hard, and switching cost lifts it everywhere. Under
# hard competition a 4 is only half-way, and the rest needs a 5: there note 2 sees **delight** (愉悦) make an emotional bond.
# At Xerox, Jones & Sasser (1995) report, *totally* satisfied customers were six times as likely to buy again as satisfied
# ones. Dixon, Freeman & Toman (2010) warn that in service contacts, sparing effort holds customers better than delight. And
# where leaving is dear and nobody competes, all look loyal until the day that ends.
#
# Note 1 adds that the end of a deal is not the end of the relation. Satisfaction fades; a contact after the sale
# refreshes it. How soon must it come? The second question asks; `math.log2(before / after)` counts
# halvings.

# %% [markdown] lang="zh"
# 用文字表述：忠诚随满意度上升，竞争越激烈升得越陡，转换成本则把整条曲线抬高。竞争激烈时，4 分只走了一半，另一半要 5 分才走得完：笔记 2 说，**愉悦**（delight）会使客户对品牌产生情绪上的共鸣，指的就是这里。Jones 与 Sasser（1995）报告说，在施乐公司，*完全*满意的客户再次购买的可能性，是一般满意客户的六倍。Dixon、Freeman 与 Toman（2010）则提醒：在服务接触中，让客户省事比让客户愉悦更留得住人。至于离开代价高、又没有竞争的地方，人人看上去都忠诚，直到这种局面结束的那一天。
#
# 笔记 1 还说，交易的结束并不意味着客户关系的结束。满意会渐渐变淡，售后联系一次，就又鲜明起来。最迟隔多久就该联系？第二题问的就是这件事；`math.log2(before / after)` 可以算出减半了几次。

# %%
practise("loyalty", 12, 13)

# %% [markdown] lang="en" tags=["instructor"]
# **Instructor.** Sections 5 to 7 take 25 minutes. In W04.2 give each row of seats one type and let it look for its enemy.
# Then ask: which of the four offers costs least, and whom would it win? For W04.4 collect firms from the room: who has
# left a firm that they rated 4? Who stays with one that they rate 2, and why?

# %% [markdown] lang="zh" tags=["instructor"]
# **教师提示**：第 5 至 7 节共 25 分钟。做 W04.2 时，每排学生认领一种类型，找出它的天敌。然后问：四种措施里哪一种最省钱，又能留住谁？做 W04.4 时，向全班征集企业：谁打了 4 分，还是离开了？谁只打 2 分，却还留着？为什么？

# %% [markdown] lang="en" teaches="retention.abc-visits loyalty.develop-maintain-regenerate loyalty.awareness-goal retention.key-events retention.sell-yourself"
# ## 8 · Keeping them
#
# Note 4 builds loyalty in three phases: **develop, maintain precisely, regenerate** (客户开发—精准维护—客户再生), in nine steps.
# Our copy breaks off in the fourth; we do not invent the rest. Three of its pieces can be tried.
#
# **Visits by class.** Visit key customers densely, it says, sell yourself before the product, invite them to
# celebrations. Densely, up to a point: where does the *next* visit bring most? `allocate(total, scale, rate)` splits visits
# so that the next one brings the same everywhere. **Regeneration.** What is a call to lost customers worth? A card after the
# worked example asks. **Awareness and reputation.** Note 4 expects loyalty to raise both, and so to open new markets. But
# neither is loyalty: which of six findings is which?

# %% [markdown] lang="zh"
# ## 8 · 留住客户
#
# 笔记 4 分三个阶段培育忠诚，即**客户开发—精准维护—客户再生**（develop, maintain precisely, regenerate），共九步。我们手头的文本到第四步就断了，其余的不去杜撰。笔记中有三处，可以动手练一练。
#
# **按 ABC 分类拜访**。笔记说，对重点客户要高密度地拜访，“营销产品前首先要营销自己”，还要邀请他们参加庆典。密度要高，但有个限度：*下一*次拜访，去哪里带来的最多？`allocate(total, scale, rate)` 分配拜访次数，使下一次无论去哪里，带来的都一样多。**客户再生**（regeneration）。给流失的客户打电话，值多少？例题之后有一张卡片专门问这个。**知名度和美誉度**（awareness and reputation）。笔记 4 希望忠诚能提高这两样，从而开拓新市场。可两者都不等于忠诚：一次调查有六条发现，各说明了哪一样？

# %%
display(item("loyalty-p14"))
answer = {"next": ..., "brings": ..., "best_A": ...}
# BEGIN SOLUTION
mine = item("loyalty-p14").table
after = 1 - (-mine["rate"] * (mine["visits"] + 1)).map(math.exp)
now = 1 - (-mine["rate"] * mine["visits"]).map(math.exp)
following = mine["scale"] * (after - now)
best = following.idxmax()
plan = allocate(mine["visits"].sum(), mine["scale"], mine["rate"])
answer = {"next": best, "brings": following[best], "best_A": plan[0]}
# END SOLUTION
check("loyalty-p14", answer)

# %%
display(item("loyalty-p16"))
answer = {"f1": ..., "f2": ..., "f3": ..., "f4": ..., "f5": ..., "f6": ...}
# BEGIN SOLUTION
answer = {"f1": "trust", "f2": "reputation", "f3": "awareness"}
answer |= {"f4": "loyalty", "f5": "reputation", "f6": "trust"}
# END SOLUTION
check("loyalty-p16", answer)

# %% [markdown] lang="en"
# ## Worked example: a habit and two empty shelves
#
# Habit is the **loyalty variable** (忠诚变量) of Guadagni & Little (1983). After each order the old value keeps its share
# λ, the **carry-over** (结转系数), and the bought brand gets the rest:
#
# $$G_t = \lambda\,G_{t-1} + (1 - \lambda)\,\text{bought}_t$$
#
# In words: mostly the past, a little of the newest choice. With coffee buyers they found λ = 0.875. We take 0.8, a habit
# weight of 4, and a salon that bought Lanwan four times. Then Lanwan is out of stock twice.
#
# After it come the same steps with other numbers and two blanks, and then a whole case without help. Both have your own
# numbers once you have set `student("2026001")` on the start page.

# %% [markdown] lang="zh"
# ## 例题：习惯与两次断货
#
# 本课用 Guadagni 与 Little（1983）的**忠诚变量**（loyalty variable）来表示习惯。每次订货之后，旧值只保留 λ 这么大的份额，λ 叫作**结转系数**（carry-over）；余下的份额，归这次买的品牌：
#
# $$G_t = \lambda\,G_{t-1} + (1 - \lambda)\,\text{本次购买}_t$$
#
# 用文字表述：主要看过去，也看一点最近的选择。他们研究咖啡买家，求得 λ = 0.875。这里取 0.8，习惯的权重取 4；有一家店，已连买四次蓝湾。接着，蓝湾断货两次。
#
# 例题之后，先换一组数，走同样的步骤，只留两空。再独立解一个完整的案例，没有引导。如果你在起始页用 `student("2026001")` 登记过，两题都是你自己的数字。

# %%
# [en] 1. Four orders of Lanwan, from equal shares: habit grows, ever more slowly.
# [zh] 1. 起初两个品牌各占一半，接着连订四次蓝湾：习惯越来越强，但一次比一次增得少。
habit = loyalty_variable(["Lanwan"] * 4, ["Lanwan", "Granary"], carry_over=0.8)
print(habit["Lanwan"].round(3).tolist())
# [en] 2. Two orders elsewhere, since the shelf is empty.
# [zh] 2. 蓝湾断货，只好连着两次买别家。
after = loyalty_variable(["Granary"] * 2, ["Lanwan", "Granary"], carry_over=0.8, start=habit.iloc[-1].to_dict())
print(after["Lanwan"].round(3).tolist())
# [en] 3. The chance to choose Lanwan, before and after: all else equal, with a habit weight of 4.
# [zh] 3. 断货前后，选择蓝湾的概率各是多少？其他条件相同，习惯权重取 4。
for row in (habit.iloc[-1], after.iloc[-1]):
    print(choice_probabilities(4 * row).round(3))

# %%
display(item("loyalty-p8"))
answer = {"after_2": ..., "after_3": ...}
# BEGIN SOLUTION
mine = item("loyalty-p8")
strip = [{"L": "Lanwan", "G": "Granary"}[letter] for letter in mine.params["bought"]]
habit = loyalty_variable(strip, ["Lanwan", "Granary"], mine.params["carry_over"])["Lanwan"]
answer = {"after_2": habit[2], "after_3": habit[3]}
# END SOLUTION
check("loyalty-p8", answer)

# %%
# [en] Another round? from crmlab import new_numbers, then new_numbers("loyalty-p9").
# [zh] 想再练一次？先 from crmlab import new_numbers，再 new_numbers("loyalty-p9")。
display(item("loyalty-p9"))
answer = {"habit": ..., "chance": ...}
# BEGIN SOLUTION
mine = item("loyalty-p9").params
left = mine["habit"] * mine["carry_over"] ** mine["stock_outs"]
answer = {"habit": left, "chance": choice_probabilities([mine["weight"] * left, mine["weight"] * (1 - left)])[0]}
# END SOLUTION
check("loyalty-p9", answer)

# %%
# [en] Mixed practice: a card on winning back. Compute in an empty cell.
# [zh] 综合练习：一张卡片，算算赢回流失客户值多少。可以新建单元格来计算。
practise("loyalty", 15)

# %% [markdown] lang="en" teaches="retention.ivy-lee"
# ## Source check
#
# **The notes.** The four types stand in the article on relationship care, note 1; the measures in the revision notes,
# note 5; trust, visits and the nine steps in note 4.
#
# **The literature, and this kit.**
#
# - Oliver (1999) orders *phases*: cognitive, affective, conative, action. Each is deeper than the one before. The notes
#   speak of degrees and list impulse, affective, cognitive, behavioural: not his order.
# - "Impulse" renders *conative*, an intention to buy. Oliver puts it deeper than liking; the notes make it the
#   shallowest. We keep the notes' label for what they describe, a weakness for promotions.
# - Cognitive loyalty is Oliver's first and weakest phase; the notes make it sound strong.
# - Behavioural loyalty is two things in the notes: inertia, which costs nothing, and overcoming obstacles, which does.
#   Our habit weight is the first.
# - Satisfaction as the *direct* cause: necessary, says Oliver, not sufficient.
# - Note 4 credits Ivy Lee with "give people what they like". Textbooks connect Lee with informing the public. Doubtful.
# - The correlations of Reinartz & Kumar (2002), about 0.2 to 0.45, and λ = 0.875 we cite from memory.

# %% [markdown] lang="zh"
# ## 出处核对
#
# **课程笔记怎么说**：四种类型出自讲客户关系维护的文章，即笔记 1；衡量指标出自复习笔记，即笔记 5；相互信赖、拜访和九步出自笔记 4。
#
# **文献怎么说，本课怎么做**：
#
# - 奥利弗（Oliver 1999）排的是*阶段*：认知、情感、意动、行动，一个比一个深。笔记说的是“程度”，列出的却是冲动、情感、认知、行为：不是他的次序。
# - “冲动型”译自 *conative*（意动），即购买的意向。在奥利弗那里，它比喜欢更深；到了笔记里，它成了最浅的一种。本课保留笔记的名称，只用来指笔记描述的现象：经不起促销的诱惑。
# - 认知型忠诚，是奥利弗最早也最弱的一个阶段；笔记把它说得很牢固。
# - 行为型忠诚，在笔记里是两回事：一是惯性，不费力气；一是克服障碍，要费力气。本课的习惯权重指前者。
# - 满意是忠诚的*直接*原因吗？奥利弗说：必要，但不充分。
# - 笔记 4 说“投其所好”出自艾维·李（Ivy Lee）。教科书提到他，讲的却是“公众必须被告知”。存疑。
# - Reinartz 与 Kumar（2002）的相关系数约在 0.2 至 0.45 之间，λ = 0.875，这两处本课都是凭记忆引述。

# %% [markdown] lang="en" teaches="retention.personal-dates retention.personal-favours"
# ## Ethics: a place at the school
#
# Note 4 advises wishes on birthdays and wedding days, for customers and their families, and help with schooling and jobs
# for their children.
#
# The buyer of a chain that orders a tenth of Lanwan's revenue mentions that her daughter, twelve, has not got into the
# good school, and that her son is looking for a job. Could Lanwan do
# something? Its sales manager knows the head of the school. He also keeps a list: birthdays of husbands and children, from
# the buyers' own posts.
#
# A colleague says: "It is a favour among friends." Another: "It is a bribe that costs us nothing." In China the personal
# data of children under fourteen are sensitive by law (PIPL, art. 28), and a benefit to a customer's employee can be
# commercial bribery even if it costs nothing. Her employer does not know of any of this.
#
# Decide on both, the favour and the list: permit, limit or refuse. Write at least 40 words: who is affected, which rule
# you apply, and what you would say to the buyer.

# %% [markdown] lang="zh"
# ## 伦理：一个入学名额
#
# 笔记 4 主张，在客户及其家人的生日、结婚纪念日送上祝福，并帮助客户的子女入学、就业。
#
# 有一家连锁店，订单占蓝湾收入的十分之一。它的采购员谈起，她十二岁的女儿没能进那所好学校，儿子正在找工作：蓝湾能不能帮帮忙？蓝湾的销售经理认识那所学校的校长。他还存着一份名单：采购员们的丈夫、孩子哪天过生日，都是从她们自己发的朋友圈里记下来的。
#
# 一位同事说：“朋友之间，帮个忙而已。”另一位说：“这是贿赂，只是不用我们花钱。”按照《个人信息保护法》第 28 条，不满十四周岁未成年人的个人信息属于敏感个人信息；给客户雇员的好处，即使不花钱，也可能构成商业贿赂。这些事，采购员的雇主一概不知。
#
# 帮忙和名单，两件事都要决定：允许、限制，还是拒绝？至少写 40 个词（约八十个汉字）：谁会受影响，依据什么规则，你会对采购员怎么说。

# %%
answer = ...
# BEGIN SOLUTION
# [en] One possible answer.
# [zh] 一种可能的回答。
answer = "Refuse the favour: it is a personal benefit to a buyer who decides about our orders, her employer would be "  # [en]
answer += "affected without knowing, and another child would lose the place. Limit the list: delete husbands and "  # [en]
answer += "children, keep the buyer's own birthday if she agrees. Rule: no benefit that her employer could not read "  # [en]
answer += "about. I would tell her: I cannot help with the school, and I am glad to ask about your order."  # [en]
answer = "拒绝帮忙：采购员掌握我们的订单，这是给她个人的好处，她的雇主不知情而受影响，另一个孩子也会失去名额。"  # [zh]
answer += "名单要限制：删去家属和孩子的信息；采购员本人的生日，经她同意才保留。"  # [zh]
answer += "规则：凡是不能让她的雇主知道的好处，一律不给。"  # [zh]
answer += "我会对她说：学校的事我帮不上，订单上有什么需要，随时找我。"  # [zh]
# END SOLUTION
check("loyalty-p17", answer)

# %% [markdown] lang="en"
# ## Key points
#
# 1. Loyalty is preference *and* purchase. Oliver's phases: believe, like, intend, act. The notes' four types have another
#    order.
# 2. One equation with five weights builds all four types; opposite people can share a repeat rate.
# 3. Time, behaviour, feeling: count censored relations with Kaplan and Meier, repeats without the first purchase,
#    attitude against the best rival.
# 4. A diagnosis names what moved the choices while you watched. More rows do not help if a term runs away.
# 5. Each type has its own enemy and its own offer. A discount holds those whom a discount can win.
# 6. Satisfaction is not enough where leaving is easy, and not needed where it is hard.
#
# ## Glossary
#
# | English | 中文 | English | 中文 |
# |---|---|---|---|
# | impulse (conative) loyalty | 冲动型忠诚 | affective loyalty | 情感型忠诚 |
# | cognitive loyalty | 认知型忠诚 | behavioural loyalty | 行为型忠诚 |
# | repeat rate | 重复购买率 | share of requirements | 品类份额 |
# | choice time | 挑选时间 | price sensitivity | 价格敏感度 |
# | elasticity | 弹性 | relative attitude | 相对态度 |
# | latent loyalty | 潜在忠诚 | spurious loyalty | 虚假忠诚 |
# | loyalty variable | 忠诚变量 | carry-over | 结转系数 |
# | Kaplan-Meier curve | 卡普兰-迈耶曲线 | double jeopardy | 双重危险 |
#
# ## Sources
#
# Colombo & Morrison (1989), *A Brand Switching Model with Implications for Marketing Strategies*. Dick & Basu (1994),
# *Customer Loyalty*. Dixon, Freeman & Toman (2010), *Stop Trying to Delight Your Customers*. Ehrenberg (1988),
# *Repeat-Buying*. Guadagni & Little (1983), *A Logit Model of Brand Choice*. Jones & Sasser (1995), *Why Satisfied
# Customers Defect*. Kaplan & Meier (1958). Morgan & Hunt (1994), *The Commitment-Trust Theory*. Oliver (1999), *Whence
# Consumer Loyalty?* Reinartz & Kumar (2002), *The Mismanagement of Customer Loyalty*.
#
# ## Next
#
# Do the graded set, `exercises/04_loyalty`: six items with your own numbers. Then chapter 05: what makes leaving hard,
# and who pays for it. Your progress is on the [start page](start.ipynb).

# %% [markdown] lang="zh"
# ## 要点
#
# 1. 忠诚是偏爱*加上*购买。奥利弗的阶段：相信、喜欢、打算、行动。笔记的四种类型，次序与此不同。
# 2. 一个方程、五个权重，就能搭出四种类型；截然相反的人，重复购买率可以相同。
# 3. 时间、行为、情感：有删失的关系，用卡普兰-迈耶曲线估计；重复购买率，不计首次购买；态度，要与最强的对手相比。
# 4. 诊断说出的，是观察期间左右选择的东西。某一项若是一去不回头，行数再多也没有用。
# 5. 每种类型有自己的天敌，也有对它管用的措施。折扣留得住的，只是折扣能打动的人。
# 6. 容易离开的地方，光有满意还不够；难以离开的地方，不满意也留得住。
#
# ## 词汇表
#
# | English | 中文 | English | 中文 |
# |---|---|---|---|
# | impulse (conative) loyalty | 冲动型忠诚 | affective loyalty | 情感型忠诚 |
# | cognitive loyalty | 认知型忠诚 | behavioural loyalty | 行为型忠诚 |
# | repeat rate | 重复购买率 | share of requirements | 品类份额 |
# | choice time | 挑选时间 | price sensitivity | 价格敏感度 |
# | elasticity | 弹性 | relative attitude | 相对态度 |
# | latent loyalty | 潜在忠诚 | spurious loyalty | 虚假忠诚 |
# | loyalty variable | 忠诚变量 | carry-over | 结转系数 |
# | Kaplan-Meier curve | 卡普兰-迈耶曲线 | double jeopardy | 双重危险 |
#
# ## 文献
#
# Colombo & Morrison (1989), *A Brand Switching Model with Implications for Marketing Strategies*. Dick & Basu (1994), *Customer Loyalty*. Dixon, Freeman & Toman (2010), *Stop Trying to Delight Your Customers*. Ehrenberg (1988), *Repeat-Buying*. Guadagni & Little (1983), *A Logit Model of Brand Choice*. Jones & Sasser (1995), *Why Satisfied Customers Defect*. Kaplan & Meier (1958). Morgan & Hunt (1994), *The Commitment-Trust Theory*. Oliver (1999), *Whence Consumer Loyalty?* Reinartz & Kumar (2002), *The Mismanagement of Customer Loyalty*.
#
# ## 下一步
#
# 完成评分练习 `exercises/04_loyalty`：六道题，用你自己的数字。然后进入第 05 章：是什么使离开变得困难，代价又由谁来付？你的进度见[起始页](start.ipynb)。
