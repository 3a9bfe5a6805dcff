# %% [markdown] lang="en"
# # 09 · Managing expectations
#
# > **Lanwan's owner asks:** "The warehouse manages next-day delivery on 70 days in 100. What do I put on the website?"
#
# By the end you can say what to promise, when to own up to a delay, and where to improve first. You will also have caught
# three popular thermometers disagreeing about the same customers.
#
# **Time:** about 120 minutes, then practice. **Data:** 1,500 orders, ratings by 300 salons, 600 late deliveries and three
# smaller surveys, all simulated. At the end, 2,831 real passengers of an airport.

# %% [markdown] lang="zh"
# # 09 · 期望管理与客户满意
#
# > **蓝湾的老板问**：“次日送达，仓库 100 天里做得到 70 天。网站上该怎么写？”
#
# 学完本章，你能说出该承诺多少，晚到了该什么时候坦白，改进该从哪里入手。你还会发现，三支流行的“温度计”量同一批客户，读数却互相矛盾。
#
# **时间**：约 120 分钟，练习另计。**数据**：1,500 次订货，300 家店的评分，600 次晚到的送货，以及三项规模较小的调查，都是模拟数据。最后，还有一座机场 2,831 位真实旅客的评分。

# %% [markdown] lang="en"
# ## You will be able to
#
# 1. **compute** satisfaction from expectation and performance, with a zone of tolerance;
# 2. **update** an expectation as a distribution;
# 3. **find** the promise that earns most, and the moment to announce a delay;
# 4. **build** an importance-performance grid, and **show** how its lines change the decision;
# 5. **tell** derived importance from effect, and **classify** features after Kano;
# 6. **compare** ACSI, NPS and top-box on the same customers.

# %% [markdown] lang="zh"
# ## 学完本章，你能够
#
# 1. 根据期望和表现，并计入容忍区间，**计算**满意度；
# 2. 把期望当作一个分布来**更新**；
# 3. **找出**利润最高的承诺，以及告知延误的最佳时机；
# 4. **绘制**重要度—满意度四分图，并**说明**线画在哪里会怎样改变决策；
# 5. **分清**推导重要度与真实作用，并按 Kano 的方法给功能**分类**；
# 6. 在同一批客户身上**比较** ACSI、NPS 和高分占比。

# %%
import pandas as pd
from IPython.display import display

from crmlab import check, draw, item, load, practise, predict, real_data, recall, truth, use_language
from crmlab.expectations import ATTRIBUTES, FEATURES, acsi, fit_forms, importance_performance, kano_class
from crmlab.expectations import kano_coefficients, key_drivers, nps, penalty_reward, satisfaction, servqual, top_box
from crmlab.expectations import best_promise, update_expectation
from crmlab.expectations.chart import drivers, gap_and_satisfaction, kano_map, penalties_and_rewards
from crmlab.expectations.explorer import memory_of_service, other_crosshair, tell_them_early, the_promise
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
recall("expectations")

# %% [markdown] lang="en"
# ## The case: one website, one sentence
#
# "Order by four, have it tomorrow." That is what the web designer wrote. The warehouse manager reads it and turns pale: on
# three days in ten it is not true. "Then write *most days*," he says. The owner fears that nobody will click on *most days*.
#
# For a while the site has shown one of three promises at random, 70, 80 or 90 points of delivery quality. For 1,500 orders Lanwan
# has asked what the salon expected before, how the delivery was, how satisfied it is, and whether it ordered again.
#
# Guess before you run: which promise went with the most satisfied salons? (Who never ordered is not in the table; section 3
# counts them.)

# %% [markdown] lang="zh"
# ## 案例：一个网站，一句话
#
# “四点前下单，明天送到。”网页设计师是这样写的。仓库主管一看，脸都白了：十天里有三天，这话兑现不了。“那就写成*多半*明天送到。”他说。老板担心的却是：写上*多半*两个字，还有谁会点？
#
# 有一段时间，网站随机显示三种承诺之一：送货质量 70 分、80 分或 90 分。蓝湾就 1,500 次订货逐一问过：事先期望多高（`expectation`），送货表现如何（`performance`），有多满意（`satisfaction`），后来有没有再订（`repurchase`）。
#
# 运行之前先猜一猜：看到哪一种承诺的店最满意？（看了承诺没有下单的店，不在表里；第 3 节再把它们算进来。）

# %%
encounters = load("expectations_encounters")
columns = ["expectation", "performance", "satisfaction", "repurchase"]
encounters.groupby("promise")[columns].mean().round(2)

# %% [markdown] lang="en" tags=["instructor"]
# **Instructor.** To here 10 minutes. Let the room write the sentence for the website, and keep three of them on the board:
# a bold one, an honest one, a modest one. Return to them after W09.1. Do not say yet that the answer depends on how often
# a customer can come back.

# %% [markdown] lang="zh" tags=["instructor"]
# **教师提示**：到此 10 分钟。请全班替网站写这句话，在黑板上留三句：一句大胆的，一句老实的，一句谦虚的。做完 W09.1 再回来看。先不要点破：答案取决于客户能回头几次。

# %% [markdown] lang="en" teaches="expect.satisfaction-definition expect.three-outcomes expect.difference-function expect.merely-satisfied-switch"
# ## 1 · Below, matched, above
#
# The same deliveries, and the salons that were promised most are least satisfied. Note 2 says why: **satisfaction** (客户满意)
# is pleasure or disappointment from comparing what one perceives with what one **expected**. Below expectation:
# dissatisfied. Matched: satisfied. Above: highly satisfied. Its Chinese text calls this a function of the *variation*; it
# means the *difference*.
#
# Two things are missing there. Nobody notices a difference of one point: around the expectation lies a **zone of
# tolerance** (容忍区间). And is a point above worth as much as a point below? Commit to a prediction, then look at all
# 1,500.

# %% [markdown] lang="zh"
# ## 1 · 低于、匹配、超过
#
# 送货的水平相差无几，可看到的承诺越高，店反而越不满意。道理在笔记 2 里：**客户满意**（customer satisfaction），是把感知到的效果与**期望**（expectation）相比，所产生的愉悦或失望。低于期望，就不满意；与期望匹配，就满意；超过期望，就高度满意。笔记把满意度叫作两者之间的“*变异*函数”，其实想说的是两者之*差*。
#
# 这里还缺两样东西。只差一分，谁也感觉不出来：期望上下有一段余地，叫作**容忍区间**（zone of tolerance）。还有，超出一分的得，抵得过不足一分的失吗？先作出预测，再看全部 1,500 次订货。

# %%
predict("expectations-q1")

# %%
forms = fit_forms(encounters["expectation"], encounters["performance"], encounters["satisfaction"])
display(forms.round(2))
draw(gap_and_satisfaction, encounters, forms.loc["with_zone"])

# %% [markdown] lang="en"
# Of four forms, the one with a zone has the lowest, and so the best, AIC: a score that charges for each extra number. Losses
# are more than twice as steep as gains; Tversky & Kahneman (1992) give 2.25, from memory. So an uneven service leaves people
# less happy than an even one of the same average.
#
# Note 2 goes on: the *merely* satisfied switch quickly, only the highly satisfied stay. You saw in chapter 04 that this
# depends on competition. Two cards: an outcome, and how much better the fives are.

# %% [markdown] lang="zh"
# 四种形式分别是线性（`linear`）、不对称（`asymmetric`）、带容忍区间（`with_zone`）和 S 形（`s_shaped`）。其中带容忍区间的 AIC 最低，也就最好；AIC 给拟合打分，每多用一个参数，就多罚一些。失的斜率，是得的斜率的两倍多；Tversky 与 Kahneman（1992）给出的是 2.25（凭记忆引述）。所以，平均水平相同，时好时坏的服务，不如始终如一的服务让人满意。
#
# 笔记 2 接着说：*一般*满意的客户很快就会更换供应商，只有高度满意的才留下。第 04 章已经看到，这要看竞争有多激烈。下面有两张卡片：一张判断结果是哪一种，一张算一算，打五分的客户究竟强多少。

# %%
practise("expectations", 14, 15)

# %% [markdown] lang="en" teaches="expect.reasonable-forecast expect.factor-experience expect.factor-needs expect.factor-word-of-mouth expect.factor-quality"
# ## 2 · How expectations move
#
# Note 5 names four influences: **experience** (经历), **personal needs** (个人需求), **word of mouth** (口碑) and quality
# elements (质量要素). In the literature the last are what customers judge by; seen before buying, they work as an implicit
# promise. What the firm itself says is missing. Needs work differently: they raise what she asks for, whatever she has
# seen, here by 4 points a step.
#
# An expectation is not a number but a distribution: a level, and how sure one is of it. Sources are weighted by their
# **precision** (精度), one over the variance:
#
# $$m' = \frac{m/s^2 + n\,\bar{x}/\sigma^2}{1/s^2 + n/\sigma^2}$$
#
# In words: the old level $m$ and the mean $\bar{x}$ of $n$ visits, each weighted by how reliable it is; $s$ is the spread of
# the old idea, $\sigma$ that of one visit, and the new spread is $1/\sqrt{1/s^2 + n/\sigma^2}$. This is what note 5's second action, a
# reasonable *forecast* of expectations, can mean: you can know what they will expect. Predict, then do the task of **W09.2
# Memory of service**.

# %% [markdown] lang="zh"
# ## 2 · 期望怎样变化
#
# 影响期望的因素，笔记 5 列出四个：**经历**（experience）、**个人需求**（personal needs）、**口碑**（word of mouth）和质量要素（quality elements）。在文献里，质量要素是客户评判的维度；购买之前就看得到的，则相当于隐性的承诺。企业自己说的话，笔记没有提到。个人需求的作用方式不同：不管她见过什么，需求都会抬高她的要求，这里每一级抬高 4 分。
#
# 期望不是一个数，而是一个分布：它有高低，也有把握的大小。各种来源，按**精度**（precision）加权；精度，就是方差的倒数：
#
# $$m' = \frac{m/s^2 + n\,\bar{x}/\sigma^2}{1/s^2 + n/\sigma^2}$$
#
# 用文字表述：原来的水平 $m$ 和到访的均值 $\bar{x}$（共 $n$ 次），各按可靠程度加权；$s$ 是原来想法的离散程度，$\sigma$ 是单次到访的离散程度，新的离散程度为 $1/\sqrt{1/s^2 + n/\sigma^2}$。笔记 5 的第二种做法，叫“合理的期望预期”，不妨理解为合理地*预测*期望：客户将会期望什么，企业是能够知道的。先作出预测，再完成 **W09.2 服务的记忆**的任务。

# %%
predict("expectations-q3")

# %%
memory_of_service()

# %% [markdown] lang="en"
# Seven good visits are enough. Bad news moves newcomers more than regulars; and where every day is different, one bad day
# says little.
#
# Now six remarks. Which influence speaks: `"experience"`, `"needs"`, `"word_of_mouth"`, `"quality"` or `"promise"`?

# %% [markdown] lang="zh"
# 有七次好的到访就够了。坏消息对新客户的触动，比对老客户大；如果次次都不一样，偶尔一次不好，也说明不了什么。
#
# 下面有六句话，各说的是哪一种影响：`"experience"`（经历）、`"needs"`（个人需求）、`"word_of_mouth"`（口碑）、`"quality"`（质量要素），还是 `"promise"`（承诺）？

# %%
display(item("expectations-p3"))
answer = {"f1": ..., "f2": ..., "f3": ..., "f4": ..., "f5": ..., "f6": ...}
# BEGIN SOLUTION
answer = {"f1": "needs", "f2": "promise", "f3": "quality"}
answer |= {"f4": "needs", "f5": "word_of_mouth", "f6": "experience"}
# END SOLUTION
check("expectations-p3", answer)

# %% [markdown] lang="en" teaches="expect.set-initial expect.moderate-advertising"
# ## 3 · What to promise
#
# Note 5's first action is to set initial expectations reasonably, its fourth is moderate advertising. How moderate? A
# promise $A$ raises the expectation $E$. More people try; those who try are disappointed more often and repeat less:
#
# $$\text{profit} = (t_0 + t_1 E)\,\big(1 + h\,(r_0 + g\,(Q - E))\big)$$
#
# In words: those who try, times one first purchase and $h$ chances of a further one, which hang on quality $Q$ less
# expectation. With the share $w$ of the promise in what people expect, and $E_0$ expected before, it is highest at
#
# $$E^* = \frac{1 + h(r_0 + gQ)}{2hg} - \frac{t_0}{2t_1} \qquad A^* = \frac{E^* - (1 - w)E_0}{w}$$
#
# In words: `best_promise(70, 60, 0.5, 2, (0.05, 0.004), (0.5, 0.012))` finds it. Predict, then do the task of **W09.1 The promise**.

# %% [markdown] lang="zh"
# ## 3 · 该承诺多少
#
# 笔记 5 的第一种做法，是合理设置初始的期望值；第四种，是广告与宣传要适度。怎样才算适度？承诺 $A$ 会抬高期望 $E$。来试的人多了；可是试过的人更容易失望，再买的就少了：
#
# $$\text{利润} = (t_0 + t_1 E)\,\big(1 + h\,(r_0 + g\,(Q - E))\big)$$
#
# 用文字表述：来试的人，乘以每人的购买次数；首次购买算一次，以后还有 $h$ 次机会，实际买多少，要看质量 $Q$ 比期望高出多少。设承诺在期望中占的比重为 $w$，原先的期望为 $E_0$，利润在下面这一点最高：
#
# $$E^* = \frac{1 + h(r_0 + gQ)}{2hg} - \frac{t_0}{2t_1} \qquad A^* = \frac{E^* - (1 - w)E_0}{w}$$
#
# 用文字表述：这一点可以用 `best_promise(70, 60, 0.5, 2, (0.05, 0.004), (0.5, 0.012))` 求出。先作出预测，再完成 **W09.1 承诺**的任务。

# %%
predict("expectations-q2")

# %%
the_promise()

# %% [markdown] lang="en"
# With these numbers, honesty pays best at a horizon of about 2.7; a shorter one rewards boasting, a longer one modesty. Other
# qualities and another reliance move this point. The less people believe, the farther the best promise lies from what they
# expected anyway. And the profit curve is flat near the top: a few points of modesty cost almost nothing.
#
# So what goes on the website? Salons order every fortnight, so boasting does not pay: "usually next day, at the latest the
# day after". Do not stretch the horizon to 26, though. The model lets the first expectation rule all repeats, and section 2
# says that visits soon take over. Nor does it know the law: a promise you know to be untrue is misleading advertising.
#
# Now a firm of your own: its best expectation, promise and direction (`"over"` or `"under"`). Then sort six measures into
# note 5's four actions: `"set_initial"`, `"forecast"`, `"communicate_early"`, `"moderate_advertising"`.

# %% [markdown] lang="zh"
# 用这些数字，期限在 2.7 左右时，如实承诺最划算；期限更短，吹牛有利；期限更长，谦虚有利。质量不同，客户对承诺的相信程度不同，这一点就会移动。人们越不相信承诺，最优的承诺就离他们原先的期望越远。再看一眼利润曲线：顶部很平。谦虚几分，利润几乎不减。
#
# 那么网站上写什么？各店每两周订一次货，吹牛不划算：“一般次日送达，最迟后天”。不过，也不要把期限拉到 26：模型让最初的期望支配以后的每一次再购，而第 2 节说，亲身的经历很快就会取而代之。模型也不懂法律：明知做不到还要承诺，就是虚假宣传。
#
# 现在换一家你自己的企业：求最优的期望、最优的承诺，以及方向，即 `"over"`（过度承诺）或 `"under"`（保守承诺）。然后把六项措施归入笔记 5 的四种做法：`"set_initial"`（合理设置初始期望）、`"forecast"`（合理预测期望）、`"communicate_early"`（提前沟通）、`"moderate_advertising"`（广告适度）。

# %%
display(item("expectations-p5"))
answer = {"expectation": ..., "promise": ..., "direction": ...}
# BEGIN SOLUTION
mine = item("expectations-p5").params
lines = {"trial": (mine["t0"], mine["t1"]), "repeat": (mine["r0"], mine["g"])}
best = best_promise(mine["quality"], mine["before"], mine["reliance"], mine["horizon"], **lines)
answer = {"expectation": best.expectation, "promise": best.promise, "direction": best.direction}
# END SOLUTION
check("expectations-p5", answer)

# %%
display(item("expectations-p6"))
answer = {"m1": ..., "m2": ..., "m3": ..., "m4": ..., "m5": ..., "m6": ...}
# BEGIN SOLUTION
answer = {"m1": "forecast", "m2": "communicate_early", "m3": "forecast"}
answer |= {"m4": "set_initial", "m5": "moderate_advertising", "m6": "set_initial"}
# END SOLUTION
check("expectations-p6", answer)

# %% [markdown] lang="en" teaches="expect.communicate-early"
# ## 4 · Tell them early
#
# The third action: adjust expectations by talking in advance. The warehouse has run out; the order will be a day late. An early word
# lowers the expectation before the performance is seen. It also leaves time to order elsewhere. Predict, then do the task
# of **W09.4 Tell them early**.

# %% [markdown] lang="zh"
# ## 4 · 早点告诉他们
#
# 第三种做法，是提前沟通，调整期望。仓库缺货，货要晚到一天。早说一声，客户还没见到货，期望就先降了下来；可是这也给客户留出时间，去向别家订货。先作出预测，再完成 **W09.4 早点告诉他们**的任务。

# %%
predict("expectations-q5")

# %%
display(load("expectations_delays").pivot_table("stayed", "delay_h", "notice_h").round(2))
tell_them_early()

# %% [markdown] lang="en"
# The picture is our own law: twelve hours of notice halve the surprise, and 5% a day order elsewhere. The table is a trial:
# for 600 late deliveries a die decided how early the salon heard. It gives the share that ordered again; read a row from left
# to right. Both climb steeply, then level off. The last steps in the table are chance, with 11 to 40 deliveries in a cell.
# By the law about 50 hours are best for a day's delay (81% stay), and 26 for six hours.

# %% [markdown] lang="zh"
# 图是按我们自己拟的规律画的：提前十二小时告知，意外就减半；每提前一天，有 5% 转向别家。表则来自一次试验：600 次晚到的送货，提前多久告知，由掷骰子决定。表中的数是再次订货的比例；行是晚到几小时（`delay_h`），列是提前几小时告知（`notice_h`），请逐行从左往右读。图和表都是先陡升，后走平；表中最后几步的高低是偶然，每格只有 11 至 40 次送货。按这条规律，晚到一天，提前 50 小时左右最好（81% 留下）；晚到六小时，提前 26 小时最好。

# %% [markdown] lang="en" tags=["instructor"]
# **Instructor.** Sections 1 to 4 take 45 minutes. After W09.1 go back to the three sentences on the board and ask for the
# horizon of Lanwan: salons order every fortnight. Somebody will say that boasting worked for a firm they know; ask how
# often its customers return. In section 4 the randomisation is the point: without it, nice drivers would both call early and
# be forgiven.

# %% [markdown] lang="zh" tags=["instructor"]
# **教师提示**：第 1 至 4 节共 45 分钟。做完 W09.1，回到黑板上的三句话，问一问蓝湾的期限有多长：各店每两周订一次货。总会有人说，他知道一家靠吹牛发财的企业；请他说说，那里的客户多久回来一次。第 4 节的要点是随机分配：若不随机，好心的司机既会早打电话，也更容易得到原谅。

# %% [markdown] lang="en" teaches="expect.analysis-ipa"
# ## 5 · Where to improve first: four analyses
#
# **First: the grid.** Note 5 matches importance with satisfaction in four quadrants (四分图). Important and poor:
# *concentrate here*. Important and good: *keep it up*. The note does not say where the lines cross. Martilla & James
# (1977), who drew the first grid, leave this to judgement. The third data set of **W09.3 Same data, other crosshair** is
# their example, in numbers that we quote from memory. Do the task.

# %% [markdown] lang="zh"
# ## 5 · 先改进哪里：四种分析
#
# **分析之一：四分图**。笔记 5 把重要度与满意度相匹配，分成四个象限，画成四分图（importance-performance grid）。重要而做得差的，*重点改进*；重要而做得好的，*继续保持*。可是十字线（crosshair）画在哪里，笔记没有说。最早画这种图的 Martilla 与 James（1977），也把这件事留给各人判断。**W09.3 同样的数据，换一个十字线**的第三组数据，就是他们的例子，数字由我们凭记忆引述。请完成任务。

# %%
other_crosshair()

# %% [markdown] lang="en"
# At Lanwan only the price stays in *concentrate here* under all three rules; in the workshop of 1977 nothing does, and 4 of
# its 14 attributes move between mean and median. Once importance is *derived* from the overall rating instead of asked, even
# the price leaves. A grid is a convention with a picture. Say which lines you drew, before you see who
# profits.
#
# Place four attributes: `"concentrate_here"`, `"keep_up"`, `"low_priority"` or `"possible_overkill"`, lines at the mean of
# all that are shown.

# %% [markdown] lang="zh"
# 在蓝湾，三种规则下都排在“重点改进”的，只有价格；在 1977 年的汽修厂，一项也没有，而且从均值换到中位数，14 项属性中有 4 项换了象限。一旦重要度不是问出来的（陈述重要度），而是由总体评分*推导*出来的（推导重要度），连价格也不在其中了。四分图不过是一种约定，配了一张图。线怎么画，要先讲明，再去看谁得利。
#
# 请给四项属性定位：`"concentrate_here"`（重点改进）、`"keep_up"`（继续保持）、`"low_priority"`（低优先级）或 `"possible_overkill"`（可能过度）。十字线取所列全部属性的均值。

# %%
display(item("expectations-p8"))
answer = {"on_time": ..., "price": ..., "training": ..., "van": ...}
# BEGIN SOLUTION
grid = importance_performance(item("expectations-p8").table.assign(attribute=lambda table: table.index))
answer = dict(grid.loc[["on_time", "price", "training", "van"], "quadrant"])
# END SOLUTION
check("expectations-p8", answer)

# %% [markdown] lang="en" teaches="expect.analysis-gap expect.feelings-into-quality"
# ### Second: gaps
#
# Note 3 wants customers' feelings turned into service quality. The questionnaire **SERVQUAL** measures
# gaps (服务质量差距): it asks twice, what an excellent supplier *should* do and what this one does, on five dimensions, and
# subtracts. Here are Lanwan's, with their plain mean, and 95% intervals: the range in which the true value lies, 95 times in
# 100 such surveys. A gap whose interval holds zero may be chance. Then your own: the weighted score, and the dimension with
# the largest negative gap that is clear of zero.

# %% [markdown] lang="zh"
# ### 分析之二：差距
#
# 笔记 3 说，要考虑客户的感受和期望，并把它们转化为服务质量。**SERVQUAL** 量表衡量的是服务质量差距（service quality gap）。它问两遍：优秀的供应商*应该*做得怎样，这一家做得怎样；再用后一个回答减去前一个。问题分五个维度：有形性（`tangibles`）、可靠性（`reliability`）、响应性（`responsiveness`）、保证性（`assurance`）和移情性（`empathy`）。下面是蓝湾的各项差距和它们的简单平均，并附 95% 置信区间：这样的调查做 100 次，约有 95 次，区间把真值包含在内。区间含零的差距，可能只是偶然。然后做你自己的一题：求加权得分，并在区间不含零的维度中，找出负差距最大的一个。

# %%
answers = load("expectations_gaps").pivot(index="rater_id", columns="dimension")
gaps, score = servqual(answers["expected"], answers["perceived"])
print(gaps.round(3), round(score, 2), sep="\n")
display(item("expectations-p7"))
answer = {"score": ..., "worst": ...}
# BEGIN SOLUTION
mine = item("expectations-p7").table
gap = mine["perceived"] - mine["expected"]
clear = gap[gap + mine["half_width"] < 0]
answer = {"score": (gap * mine["weight"]).sum() / 100, "worst": clear.idxmin()}
# END SOLUTION
check("expectations-p7", answer)

# %% [markdown] lang="en" teaches="expect.analysis-key-drivers"
# ### Third: key drivers
#
# Which attributes explain the overall rating? $R^2$ is the part of its differences that they explain; for one attribute, its
# correlation squared. They move together, so the answer depends on the order in which they enter. The **LMG share** (Lindeman,
# Merenda & Gold 1980) averages an attribute's gain in $R^2$ over all orders, 14 factorial of them. That is how **key drivers**
# (关键绩效因素) are found today. In our data three attributes change nothing at all. Predict what they get.

# %% [markdown] lang="zh"
# ### 分析之三：关键绩效因素
#
# 哪些属性能解释总体评分？$R^2$ 是总体评分的差异中，由这些属性解释的部分；只有一项属性时，它就是相关系数的平方。各项属性同升同降，所以答案取决于先放进哪一个，后放进哪一个。**LMG 份额**（LMG share；Lindeman, Merenda & Gold 1980）的办法是：每一种次序都算一遍，看一项属性使 $R^2$ 增加多少，再取平均；次序共有 14 的阶乘那么多。如今的**关键绩效因素**（key drivers，又称关键驱动因素），就是这样找出来的。在我们的数据里，有三项属性什么也改变不了。请预测，它们会分到多少。

# %%
predict("expectations-q4")

# %%
ratings = load("expectations_ratings")
names = {key: str(name) for key, name in ATTRIBUTES.items()}
wide = ratings.pivot(index="rater_id", columns="attribute", values="performance").rename(columns=names)
overall = ratings.groupby("rater_id")["overall"].first()
effect = truth("expectations_ratings")["effects"].abs().sum(axis=1).rename(names)
display(draw(drivers, pd.DataFrame({"share": key_drivers(wide, overall), "true": effect})))
draw(penalties_and_rewards, penalty_reward(wide, overall, low=2, high=5))

# %% [markdown] lang="en" teaches="expect.analysis-classification"
# ### What goes with, and what brings about
#
# A clean van changes nothing and gets 4.1 points of $R^2$; the training, the strongest of all rewards, gets 2.0. The van moves
# with punctuality, and the shares split the credit among all who move together. The training is rated 5 by few, and a share
# counts how ratings differ today. Derived importance tells you what *goes with* satisfaction. Wash the vans, and nothing
# happens.
#
# A sharper question, second picture: what does a *bad* rating do, and what an *excellent* one, with all others held fixed?
# This **penalty-reward contrast** (惩罚—奖励对比) has three kinds: **basic** attributes only punish, **excitement** only
# rewards, **performance** does both. The three idle attributes are found out, because every real cause is in the
# table; leave out punctuality, and the van seems to delight. And a line that crosses zero means "not clear", not "nothing":
# in truth bad quality costs 0.50. Mend what punishes first; where a cause may be missing, only a trial (chapter 07) tells.
#
# **Fourth: classification.** Note 5 does not say of what. We take attributes, after **Kano** (1984), who asks twice: how
# would you feel with the feature, how without? Answers are like, must-be, neutral, live-with, dislike, and the pair gives the
# class. A attractive (魅力) pleases and is not missed; M must-be (必备) is only missed; O one-dimensional (期望) does both:
# the excitement, basic and performance factors of the last picture, asked directly. I is indifferent (无差异), R reverse
# (反向), Q questionable (可疑). Of the first four, *better* is the share that can be pleased, *worse*, with a minus, the share
# that can be displeased. In the map the pump must not leak, the course delights; and one letter hides camps: of 200 salons the
# paper invoice is must-be for 77, indifferent for 62, unwanted for 26. Classify five pairs; `kano_class("like", "dislike")`
# looks up one.

# %% [markdown] lang="zh"
# ### 同进退，还是起作用
#
# 送货车整洁什么也改变不了，却分到了 $R^2$ 的 4.1 个百分点；员工培训加分最多，只分到 2.0 个百分点。车的整洁与按时送达同进退，而功劳由所有同进退的属性来分。给培训打 5 分的店很少，而份额反映的，是目前评分的差异。可见，推导重要度说出的，是什么与满意度*同进退*。真去洗车，什么也不会改变。
#
# 问得再锐利一些，请看第二张图：其他属性都保持不变，一个*差评*有什么作用，一个*优评*又有什么作用？这叫**惩罚—奖励对比**（penalty-reward contrast），它把属性分成三类：**基本因素**（basic）只会扣分，**魅力因素**（excitement）只会加分，**绩效因素**（performance）既会扣分，也会加分。那三项毫无作用的属性，在这里现了原形，因为真正的原因全都在表里；要是漏掉按时送达，送货车整洁就好像也能讨人欢喜了。还有，误差线跨过零，意思是“看不清”，不是“没有作用”：补充装质量差，其实要扣 0.50 分。先补好会扣分的；可能漏了原因的地方，只有试验（第 07 章）才说得清。
#
# **分析之四：分类**。给什么分类，笔记 5 没有说。我们给属性分类，用 **Kano**（1984）的方法。他也问两遍：有这项功能，你觉得怎样？没有呢？回答有五种：喜欢（`like`）、理应如此（`must-be`）、无所谓（`neutral`）、能忍受（`live-with`）、不喜欢（`dislike`）；一对回答定出一个类别。A 魅力（attractive），有了高兴，没有也不惦记；M 必备（must-be），只在没有时才惦记；O 期望（one-dimensional，又称一维），两者兼有。这三类，就是上一张图里的魅力因素、基本因素和绩效因素，不过是直接问出来的。这里的“期望”是类别的名称，不要与前面说的期望相混。I 是无差异（indifferent），R 是反向（reverse），Q 是可疑（questionable）。只算前四类，满意系数（*better*）是有它就可能高兴的比例，不满意系数（*worse*）是缺它就可能不满的比例，记作负数。图中，泵头不能漏，染发课程讨人欢喜；而一个字母背后，可能藏着几个阵营：200 家店里，纸质账单对 77 家是必备，对 62 家无差异，还有 26 家不想要。请给五对回答分类；`kano_class("like", "dislike")` 可以查一对。

# %%
kano = load("expectations_kano")
kano["class"] = kano_class(kano["functional"], kano["dysfunctional"])
counts = pd.crosstab(kano["feature"].map({key: str(name) for key, name in FEATURES.items()}), kano["class"])
found = {name: kano_coefficients(row.to_dict()) for name, row in counts.iterrows()}
coefficients = {"better": {name: one.better for name, one in found.items()}}
coefficients["worse"] = {name: one.worse for name, one in found.items()}
display(draw(kano_map, pd.DataFrame(coefficients).assign(kano=counts.idxmax(axis=1))))
display(item("expectations-p10"))
answer = {"f1": ..., "f2": ..., "f3": ..., "f4": ..., "f5": ...}
# BEGIN SOLUTION
mine = item("expectations-p10").table
answer = dict(kano_class(mine["functional"], mine["dysfunctional"]))
# END SOLUTION
check("expectations-p10", answer)

# %% [markdown] lang="en" tags=["instructor"]
# **Instructor.** Section 5 takes 25 minutes. Give W09.3 to two groups with different rules and let each present its budget;
# then swap. For the drivers ask who would wash the vans, and how they would find out cheaply: by washing half of them. That
# is chapter 07. If time is short, drop the gaps.

# %% [markdown] lang="zh" tags=["instructor"]
# **教师提示**：第 5 节共 25 分钟。W09.3 分给两组，规则各不相同，各自汇报预算怎么花，然后互换。讲到关键绩效因素时，问谁会去洗车，又怎样花小钱弄清楚有没有用：只洗一半。那是第 07 章的内容。时间不够，就略去差距分析。

# %% [markdown] lang="en" teaches="expect.quantified-index expect.satisfaction-goal-and-means"
# ## 6 · Three thermometers
#
# Note 2 wants satisfaction turned into measurable indicators, both an end and a means. Three are popular. The **ACSI**
# takes the weighted mean of three answers and maps 1 to 0 and 10 to 100. The **net promoter score** (净推荐值, NPS) takes those who would
# recommend with 9 or 10, less those with 0 to 6, in percent. **Top-box** counts the two best answers. Two branches of
# a chain, 250 customers each: which is better? A "±" is a half width: the 95% interval to either side. In the NPS each customer
# counts +1, 0 or -1, so it is $1.96\sqrt{(p + q - (p - q)^2)/n}$, with shares $p$ of promoters and $q$ of detractors.

# %% [markdown] lang="zh"
# ## 6 · 三支温度计
#
# 笔记 2 要把满意度量化成可测量的指标，还说满意不仅是目的，也是手段。流行的指标有三种。**ACSI**（美国顾客满意度指数）取三道题均值的加权平均，把 1 分换算成 0，10 分换算成 100。**净推荐值**（net promoter score，NPS）看推荐的意愿：打 9 分或 10 分的（推荐者），减去打 0 至 6 分的（贬损者），都按百分比算。**高分占比**（top-box）数的是最高两档的回答。同一连锁的两家分店，港湾店（Harbour）和车站店（Station），各有 250 位顾客作答：哪一家更好？“±”后面是半宽，也就是 95% 置信区间向两边各延伸多少。在 NPS 中，每位顾客计 +1、0 或 -1，所以半宽为 $1.96\sqrt{(p + q - (p - q)^2)/n}$，其中 $p$ 是推荐者的比例，$q$ 是贬损者的比例。

# %%
branches, rows = load("expectations_branches"), {}
questions, weights = ["overall", "against_expectation", "against_ideal"], [0.38, 0.32, 0.30]
for branch, group in branches.groupby("branch"):
    each, net = group[questions] @ weights, nps(group["recommend"])
    share, half = top_box(group["overall"], best=10)
    rows[branch] = {"ACSI": acsi(group[questions], weights), "± ACSI": 196 * each.std() / 9 / len(each) ** 0.5}
    rows[branch] |= {"NPS": net.score, "± NPS": net.half_width, "top box": 100 * share, "± top box": 100 * half}
display(pd.DataFrame(rows).round(1))
# [en] Five cards, mixed, from sections 2, 5 and 6.
# [zh] 五张卡片，出自第 2、5、6 节。
practise("expectations", 4, 9, 11, 12, 13)

# %% [markdown] lang="en"
# Harbour has the higher ACSI, Station the higher NPS and three times the top answers. Its customers are divided: tails reach
# the boxes, means do not see them. Which differences are real? The half width of a difference is the root of both squares:
# 12.5 for the NPS, which differ by 13.6. The one point of ACSI is chance. (The weights are ours; the real index estimates
# them.)
#
# ## Real data: what should the airport mend?
#
# In 2017 San Francisco's airport asked 2,831 passengers to rate it, 1 to 5. Not all used everything; 1,548 rated these
# seven and the airport as a whole. Read shares, means, and penalties; then decide where the next dollar goes.

# %% [markdown] lang="zh"
# 港湾店的 ACSI 较高，车站店的 NPS 较高，最高两档的回答也是它的三倍。车站店的顾客两极分化：高分档里看得见分布的尾部，均值里看不见。哪些差别是真的？差的半宽，等于两个半宽的平方和再开方：NPS 为 12.5，而两店相差 13.6；ACSI 那一分之差，只是偶然。（权重由本课设定，真正的指数靠估计得出。）
#
# ## 真实数据：机场该先改进什么？
#
# 2017 年，旧金山机场请 2,831 位旅客打分，从 1 分到 5 分。并非人人什么都用过；下面七项和整个机场全都打了分的，有 1,548 位。七项是艺术品（`art`）、餐饮（`food`）、商店（`stores`）、标识（`signs`）、自动步道（`walkways`）、信息屏（`screens`）和无线网络（`wifi`）。先读份额（`share`）、均值（`mean`）和惩罚（`penalty`），再决定下一美元花在哪里。

# %% tags=["nbval-ignore-output"]
survey = real_data("sfo_survey")
if survey is not None:
    parts = {"Q7ART": "art", "Q7FOOD": "food", "Q7STORE": "stores", "Q7SIGN": "signs"}
    parts |= {"Q7WALKWAYS": "walkways", "Q7SCREENS": "screens", "Q7WIFI": "wifi"}
    rated = survey[list(parts)].rename(columns=parts).where(lambda answers: answers.isin(range(1, 6)))
    rated = rated.assign(overall=survey["Q7ALL"]).dropna()
    found = penalty_reward(rated[list(parts.values())], rated["overall"], low=2, high=5)
    share = key_drivers(rated[list(parts.values())], rated["overall"])
    found = found.assign(share=100 * share / share.sum(), mean=rated.mean())
    display(found[["mean", "share", "penalty", "reward", "factor"]].sort_values("share").round(2))

# %% [markdown] lang="en"
# If no table stands above, the data were not to be had; these are its figures. Food has the lowest mean, 3.64, and the
# largest share, and it both punishes and rewards. Signs punish harder, by 0.35, but only 3% rate them bad; 11% do so with the
# food. So the next dollar goes to the food. These are ratings and no trial: mend one terminal first, and compare. Careful, too:
# 45% of the passengers are not in this table, and seven attributes that fewer had used are left out, parking among them.
#
# ## Worked example: from a promise to a smile
#
# A salon expects 62, give or take 12. It reads a promise of 80 that it trusts like an observation with a spread of 15, and
# then gets 70. Satisfaction is 70 when expectations are met, and beyond the zone 0.9 more for a point above and 2 less for a
# point below. The promise costs 3.6 points, as you will see.
#
# After it comes the judging step with other numbers, and then a whole case without help. Both have your own
# numbers once you have set `student("2026001")` on the start page.

# %% [markdown] lang="zh"
# 如果上面没有表格，就是数据没有取到；这里说的就是表中的数字。餐饮的均值最低，只有 3.64，份额却最大，而且既会扣分，也会加分。标识扣分更重，达 0.35 分，可是只有 3% 的人给它差评，给餐饮差评的却有 11%。所以，下一美元花在餐饮上。不过这些只是评分，不是试验：先改进一座航站楼，再作比较。还要当心：有 45% 的旅客不在这张表里；另有七项因为用过的人少而没有列入，停车就是其中之一。
#
# ## 例题：从承诺到笑容
#
# 一家店的期望是 62 分，上下浮动 12 分。它看到了 80 分的承诺；对这个承诺的相信程度，相当于看到一次波动为 15 分的表现。后来，实际的表现是 70 分。期望得到满足时满意度为 70；超出容忍区间以后，每高一分加 0.9，每低一分减 2。你会看到，这个承诺让满意度损失了 3.6 分。
#
# 例题之后，先换一组数，只做评判这一步。然后独立解一个完整的案例，没有引导。如果你在起始页用 `student("2026001")` 登记过，两题都是你自己的数字。

# %%
# [en] 1. The promise moves the expectation, weighted by precision.
# [zh] 1. 承诺使期望移动，按精度加权。
mean, sd = update_expectation(62, 12, 80, 15)
print(round(mean, 1), round(sd, 1))
# [en] 2. The delivery is 70: how far is it from the expectation, and beyond the zone of 4?
# [zh] 2. 送货表现为 70：与期望差多少？超出 4 分的容忍区间多少？
print(round(70 - mean, 1), round(max(abs(70 - mean) - 4, 0), 1))
# [en] 3. Satisfaction, with and without the promise.
# [zh] 3. 有承诺与没有承诺时的满意度。
print(satisfaction([mean, 62], 70, zone=4).round(1))

# %%
display(item("expectations-p1"))
answer = {"beyond": ..., "satisfaction": ...}
# BEGIN SOLUTION
mine = item("expectations-p1").params
gap = mine["performance"] - mine["expectation"]
beyond = gap - mine["zone"] if gap > 0 else gap + mine["zone"]
slope = mine["gain"] if gap > 0 else mine["loss"]
answer = {"beyond": beyond, "satisfaction": mine["base"] + slope * beyond}
# END SOLUTION
check("expectations-p1", answer)

# %%
# [en] Another round? from crmlab import new_numbers, then new_numbers("expectations-p2").
# [zh] 想再练一次？先 from crmlab import new_numbers，再 new_numbers("expectations-p2")。
display(item("expectations-p2"))
answer = {"expectation": ..., "sd": ..., "satisfaction": ...}
# BEGIN SOLUTION
mine = item("expectations-p2").params
mean, sd = update_expectation(mine["prior_mean"], mine["prior_sd"], mine["seen_mean"], mine["seen_sd"], mine["visits"])
shape = {key: mine[key] for key in ("base", "gain", "loss", "zone")}
answer = {"expectation": mean, "sd": sd, "satisfaction": float(satisfaction(mean, mine["performance"], **shape))}
# END SOLUTION
check("expectations-p2", answer)

# %% [markdown] lang="en"
# ## Source check
#
# **The notes.** Definition, outcomes and "merely satisfied" stand in note 2; feelings into quality in note 3; the four
# actions, the influences and the four analyses in the revision notes, note 5.
#
# **The literature, and this kit.**
#
# - "Matching" needs a band (Parasuraman, Zeithaml & Berry 1994): there from adequate to desired service, here 4 points to
#   either side. The notes give none.
# - 变异函数 is a slip for *difference*. Oliver (1980) calls it disconfirmation.
# - "Quality elements" are dimensions. Zeithaml, Berry & Parasuraman (1993) add the firm's own communications.
# - Our promise model is linear, with two periods, after Kopalle & Lehmann (2006); the announced delay is our own law.
# - Difference scores like SERVQUAL's are less reliable than their parts (Brown, Churchill & Peter 1993).
# - The 1977 grid is quoted from memory; so are its numbers.
# - Reichheld (2003) calls NPS the one number you need; Keiningham et al. (2007) could not confirm it.

# %% [markdown] lang="zh"
# ## 出处核对
#
# **课程笔记怎么说**：定义、三种结果和“一般满意”出自笔记 2；把感受转化为质量，出自笔记 3；四种做法、影响因素和四种分析出自复习笔记，即笔记 5。
#
# **文献怎么说，本课怎么做**：
#
# - “匹配”要有一个区间（Parasuraman, Zeithaml & Berry 1994）：在他们那里，是从适当的服务到理想的服务；本课取期望上下各 4 分。笔记没有给出。
# - “变异函数”是误写，应为*差*的函数。Oliver（1980）把这个差叫作期望不一致（disconfirmation）。
# - “质量要素”是维度。Zeithaml、Berry 与 Parasuraman（1993）补上了企业自己的对外沟通。
# - 本课的承诺模型是线性的，分两期，依据 Kopalle 与 Lehmann（2006）；告知延误的规律，则是本课自己拟的。
# - SERVQUAL 这类相减而得的分数，不如相减之前的两个分数可靠（Brown, Churchill & Peter 1993）。
# - 1977 年的四分图是凭记忆引述的，其中的数字也是。
# - Reichheld（2003）说，NPS 是企业唯一需要的那个数。Keiningham 等（2007）的检验没有证实这一点。

# %% [markdown] lang="en"
# ## Ethics: nine or worse
#
# The driver puts down the parcel and hands over the tablet. "Anything below 9 costs me my bonus," he says and smiles. The
# branch has the best NPS of the city, and head office wants to know how it does it.
#
# Decide: forbid it, change the measure, or leave it. Write at least 40 words: who is affected, what the score still
# measures, which rule you apply, and what you would tell the driver.

# %% [markdown] lang="zh"
# ## 伦理：“请打九分”
#
# 司机放下包裹，递过平板。“低于 9 分，我的奖金就没了。”他笑着说。这个分部的 NPS 全市最高，总部想知道它是怎么做到的。
#
# 请决定：禁止，改变衡量方式，还是听之任之？至少写 40 个词（约八十个汉字）：谁会受影响，这个分数还在衡量什么，依据什么规则，你会对司机怎么说。

# %%
answer = ...
# BEGIN SOLUTION
# [en] One possible answer.
# [zh] 一种可能的回答。
answer = "Change the measure. The score now measures pity for the driver, and customers who wait for a real repair are "  # [en]
answer += "affected, because nobody sees their trouble. Rule: whoever is paid by a number must not collect it. "  # [en]
answer += "A link is sent the next day, and the bonus hangs on deliveries that came on time. "  # [en]
answer += "I would tell the driver: your smile is fine, keep it, and let the tablet be."  # [en]
answer = "改变衡量方式。现在的分数衡量的是对司机的同情；真正遇到麻烦的顾客受了影响，因为没有人看得到他们的问题。"  # [zh]
answer += "规则：谁的奖金靠这个数，就不该由谁来收集。"  # [zh]
answer += "改为第二天发送链接，奖金按准时送达计算。"  # [zh]
answer += "我会对司机说：笑容很好，请保持；平板就收起来吧。"  # [zh]
# END SOLUTION
check("expectations-p16", answer)

# %% [markdown] lang="en"
# ## Key points
#
# 1. Satisfaction is performance less expectation, beyond a zone, and losses weigh about double.
# 2. Expectations are distributions. Precision decides who is believed: own visits, reviews, promises.
# 3. The best promise depends on how often a customer can return. An early word about a delay keeps most; not the earliest.
# 4. A grid needs a rule for its lines. State it first.
# 5. Shares of $R^2$ credit whatever moves along. Ask what a bad and an excellent rating do; if a cause may be missing, try.
# 6. ACSI sees means, NPS and top-box see tails. No index without its half width.
#
# ## Glossary
#
# | English | 中文 | English | 中文 |
# |---|---|---|---|
# | customer satisfaction | 客户满意 | zone of tolerance | 容忍区间 |
# | word of mouth | 口碑 | precision | 精度 |
# | importance-performance grid | 四分图 | crosshair | 十字线 |
# | stated importance | 陈述重要度 | derived importance | 推导重要度 |
# | key drivers | 关键绩效因素 | service quality gap | 服务质量差距 |
# | must-be (Kano) | 必备 | attractive (Kano) | 魅力 |
# | penalty-reward contrast | 惩罚—奖励对比 | net promoter score | 净推荐值 |
#
# ## Sources
#
# Anderson & Sullivan (1993). Berger et al. (1993), *Kano's Methods*. Brandt (1987). Brown, Churchill & Peter (1993).
# Fornell et al. (1996), *The American Customer Satisfaction Index*. Kano et al. (1984). Keiningham et al. (2007), *A Longitudinal Examination of Net Promoter*. Kopalle & Lehmann (2006). Kruskal
# (1987). Lindeman, Merenda & Gold (1980). Martilla & James (1977), *Importance-Performance Analysis*. Oliver (1980). Parasuraman, Zeithaml & Berry (1988,
# 1994). Reichheld (2003). Rust, Inman, Jia & Zahorik (1999). Tversky & Kahneman (1992). Zeithaml, Berry & Parasuraman
# (1993). San Francisco International Airport, customer survey 2017.
#
# ## Next
#
# Do the graded set, `exercises/09_expectations`: six items with your own numbers. Then chapter 10: what to do when it has
# gone wrong. Your progress is on the [start page](start.ipynb).

# %% [markdown] lang="zh"
# ## 要点
#
# 1. 满意度看的是表现减期望，出了容忍区间才算数；失的分量，约为得的两倍。
# 2. 期望是分布。该信谁，由精度决定：自己的经历，别人的评价，还是企业的承诺。
# 3. 最优的承诺，取决于客户能回头几次。延误要早说，留住的人才多；但不是越早越好。
# 4. 四分图要有画线的规则。先把规则讲明。
# 5. $R^2$ 份额会把功劳记给一切同进退的属性。要问：差评有什么作用，优评又有什么作用；可能漏了原因，就做试验。
# 6. ACSI 看均值，NPS 和高分占比看尾部。没有半宽，就不要报指标。
#
# ## 词汇表
#
# | English | 中文 | English | 中文 |
# |---|---|---|---|
# | customer satisfaction | 客户满意 | zone of tolerance | 容忍区间 |
# | word of mouth | 口碑 | precision | 精度 |
# | importance-performance grid | 四分图 | crosshair | 十字线 |
# | stated importance | 陈述重要度 | derived importance | 推导重要度 |
# | key drivers | 关键绩效因素 | service quality gap | 服务质量差距 |
# | must-be (Kano) | 必备 | attractive (Kano) | 魅力 |
# | penalty-reward contrast | 惩罚—奖励对比 | net promoter score | 净推荐值 |
#
# ## 文献
#
# Anderson & Sullivan (1993). Berger et al. (1993), *Kano's Methods*. Brandt (1987). Brown, Churchill & Peter (1993). Fornell et al. (1996), *The American Customer Satisfaction Index*. Kano et al. (1984). Keiningham et al. (2007), *A Longitudinal Examination of Net Promoter*. Kopalle & Lehmann (2006). Kruskal (1987). Lindeman, Merenda & Gold (1980). Martilla & James (1977), *Importance-Performance Analysis*. Oliver (1980). Parasuraman, Zeithaml & Berry (1988, 1994). Reichheld (2003). Rust, Inman, Jia & Zahorik (1999). Tversky & Kahneman (1992). Zeithaml, Berry & Parasuraman (1993). San Francisco International Airport, customer survey 2017（旧金山国际机场旅客调查）.
#
# ## 下一步
#
# 完成评分练习 `exercises/09_expectations`：六道题，用你自己的数字。然后进入第 10 章：出了差错，该怎么办？你的进度见[起始页](start.ipynb)。
