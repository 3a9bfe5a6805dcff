# %% [markdown] lang="en"
# # 11 · Credit: whom to trust
#
# > **Lanwan's owner asks:** "Ten salons want thirty days. Our salespeople love them. Do I?"
#
# By the end you can build a scorecard, say how good it is, and draw the line where trusting still pays. You will also have
# counted the five Cs of the notes, and found six.
#
# **Time:** about 110 minutes, then practice. **Data:** 4,000 applicants, 480 visit reports and two ledgers, all simulated.
# At the end, 1,000 real loans of a bank in southern Germany.

# %% [markdown] lang="zh"
# # 11 · 客户信用：该信任谁
#
# > **蓝湾的老板问**：“有十家店想赊三十天的账。我们的销售人员对它们赞不绝口。我也该信吗？”
#
# 学完本章，你能编制一张评分卡，说出它有多好，并画出那条线：信任到什么程度还划得来。你还会把笔记里的五个 C 数上一遍，数出来的却是六个。
#
# **时间**：约 110 分钟，练习另计。**数据**：4,000 位申请人，480 份走访报告，以及两本账，都是模拟数据。最后，还有德国南部一家银行 1,000 笔真实的贷款。

# %% [markdown] lang="en"
# ## You will be able to
#
# 1. **compute** an expected loss, and **name** the five Cs and the notes' sixth item;
# 2. **build** a points scorecard from weights of evidence;
# 3. **measure** it with AUC, KS and calibration, and **test** whether an extra item adds anything;
# 4. **set** a cut-off by expected profit, and **say** what collateral changes;
# 5. **correct** visit reports, and **read** more from a ledger than the age of its debts;
# 6. **value** a credit report before you buy it.

# %% [markdown] lang="zh"
# ## 学完本章，你能够
#
# 1. **计算**预期损失，并**说出**五个 C 和笔记的第六项；
# 2. 用证据权重**编制**一张评分卡；
# 3. 用 AUC、KS 和校准**衡量**评分卡，并**检验**多加一项是否有用；
# 4. 按预期利润**确定**临界点，并**说明**抵押改变的是什么；
# 5. **校正**走访报告，并从账本里**读出**账龄以外的东西；
# 6. 在购买之前**估算**一份征信报告的价值。

# %%
import pandas as pd
from IPython.display import display

from crmlab import check, draw, item, load, practise, predict, real_data, recall, truth, use_language
from crmlab.credit import auc, break_even_default, calibration, cohen_kappa, cutoff, expected_loss, fit_logit
from crmlab.credit import fit_scorecard, item_marks, ks, optimal_bins, points_scale, rater_bias, woe_table
from crmlab.credit.chart import ageing_and_pattern, points_by_bin, promised_and_observed
from crmlab.credit.explorer import buy_the_report, weigh_the_cs, what_collateral_does, where_to_cut
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
recall("credit")

# %% [markdown] lang="en"
# ## The case: ten salons and a pile of praise
#
# A starter kit of dispensers and refills sells for 20,000 yuan. Ten new salons would like to pay in thirty days. For each there
# is a visit report, turned into a score from 1 to 10 (`visit_text_score`), and a row of dull figures. These are the share of invoices that it paid late (`late_ratio`), cash from operations
# over debt due (`cash_cover`), and debt over assets (`leverage`). Then come collateral over the credit (`collateral_cover`) and the outlook of trade and district (`sector_outlook`, 50 is usual).
#
# The wholesalers of the region have pooled 4,000 such applicants. All got credit, and it is known who paid within a year and who defaulted. We have picked these ten because their
# story is easy to see. Read the scores of the visits, strike out two salons, and note their numbers. Section 4 tells what became of them.

# %% [markdown] lang="zh"
# ## 案例：十家店，一叠好话
#
# 一套入门套装，有壁挂分液器和补充装，售价 20,000 元。十家新店想三十天后再付。每家都有一份走访报告，已折算成 1 至 10 分的走访得分（`visit_text_score`）；还有一行枯燥的数字：逾期付款的发票所占的比例（`late_ratio`）、经营现金对到期债务的倍数（`cash_cover`）、资产负债率（`leverage`）、抵押价值对赊销额的倍数（`collateral_cover`），以及行业和地段的景气（`sector_outlook`，50 为正常）。
#
# 这样的申请人，本地区的批发商一共汇总了 4,000 位：他们当时全都获准赊账，一年之内谁付了款，谁违了约，都有记录。这十家是特意挑出来的，因为来龙去脉容易看清。请看走访得分，划掉两家，记下编号（`applicant_id`）。它们后来怎样，第 4 节揭晓。

# %%
applicants = load("credit_applicants")
ten = applicants.iloc[3880:3890].set_index("applicant_id")
ten[["visit_text_score", "late_ratio", "cash_cover", "leverage", "collateral_cover", "sector_outlook"]]

# %% [markdown] lang="en" tags=["instructor"]
# **Instructor.** To here 10 minutes. Take a vote on which two to strike out, on the visit scores alone, and write it on the board:
# most rooms refuse A3889, the salon with the 4, and it paid. The two that defaulted had a 9 and an 8. Say that these ten were chosen; the
# file is honest, the sample of ten is not. Section 4 comes back to them.

# %% [markdown] lang="zh" tags=["instructor"]
# **教师提示**：到此 10 分钟。请全班只看走访得分，投票划掉两家，把结果写在黑板上：多数班级会拒绝得 4 分的 A3889，而它付清了。违约的两家，一家得 9 分，一家得 8 分。要讲明，这十家是挑选出来的：数据文件没有偏，这十家却是有意挑的。第 4 节再回来看。

# %% [markdown] lang="en" teaches="credit.management credit.goals"
# ## 1 · What credit management is
#
# Note 5: **customer credit management** (客户信用管理) identifies, analyses and assesses credit risk, and on that basis
# controls it with a policy. It has three goals: fewer bad debts, faster turnover, lower transaction cost. Growth of sales is not
# among them, and that will make trouble in chapter 12.
#
# The sum at stake has three factors:
#
# $$EL = PD \times LGD \times EAD$$
#
# In words: **expected loss** (预期损失) is the probability of default (PD), times the share lost then (loss given default, LGD), times what is open (exposure at default, EAD). On average
# these applicants look like this.

# %% [markdown] lang="zh"
# ## 1 · 什么是客户信用管理
#
# 笔记 5 说，**客户信用管理**（customer credit management）是对客户的信用风险进行识别、分析和评估，并在此基础上运用信用政策加以控制。目标有三个：减少坏账，加快周转，降低交易成本。销售增长不在其中；到了第 12 章，这一点会惹出麻烦。
#
# 可能损失多少，由三个因素决定：
#
# $$EL = PD \times LGD \times EAD$$
#
# 用文字表述：**预期损失**（expected loss，EL），等于违约概率（probability of default，PD）乘以违约损失率（loss given default，LGD），再乘以违约风险敞口（exposure at default，EAD）。违约损失率，是一旦违约，收不回来的比例；敞口，是那时尚未付清的金额。这批申请人的平均情况如下。

# %%
chance, lost = applicants["default_12m"].mean(), applicants["lgd"].mean()
print(round(chance, 3), round(lost, 3), round(expected_loss(chance, lost, 20_000)))

# %% [markdown] lang="en" teaches="credit.five-c credit.character credit.capacity credit.philosophy credit.capital credit.collateral credit.conditions"
# ## 2 · Count the Cs
#
# One in nine defaults, about half is lost: each kit on credit costs 1,188 yuan on average, before anybody has chosen.
#
# Note 5 lists the "5C survey": 品质, 能力, 经营理念, 资本, 抵押, 条件. Count them: six. Bankers have long asked for five:
#
# - **character** (品质), the will to pay: who paid late before?
# - **capacity** (能力), the means to pay: cash from operations over debt due;
# - **capital** (资本), a cushion of one's own: debt over assets;
# - **collateral** (抵押), what is pledged;
# - **conditions** (条件), what no salon can help: trade and district.
#
# The sixth is **business philosophy** (经营理念), the applicant's ideas about management. We keep it, and test it. Sort
# six remarks first, with the keys `"character"`, `"capacity"`, `"philosophy"`, `"capital"`, `"collateral"` and
# `"conditions"`. Then predict: which C tells most here?

# %% [markdown] lang="zh"
# ## 2 · 数一数有几个 C
#
# 九家里约有一家违约，违约时损失一半左右：如果不加挑选，每赊出一套，平均损失 1,188 元。
#
# 笔记 5 的“5C 调查”列的是：品质、能力、经营理念、资本、抵押、条件。数一数，六项。银行家历来问的却是五项，英文都以 C 开头：
#
# - **品质**（character），付款的意愿：以前有没有逾期过？
# - **能力**（capacity），付款的财力：经营得来的现金，是到期债务的几倍？
# - **资本**（capital），自己的家底：资产中有多少是借来的？
# - **抵押**（collateral），用来担保的财物；
# - **条件**（conditions），哪家店也左右不了的：行业和地段的景气。
#
# 第六项是**经营理念**（business philosophy），即申请人对经营管理的想法。我们先留着它，再来检验它。请先给六句话归类，所用的键是 `"character"`（品质）、`"capacity"`（能力）、`"philosophy"`（经营理念）、`"capital"`（资本）、`"collateral"`（抵押）和 `"conditions"`（条件）。然后预测：在这批申请人身上，哪一个 C 最能说明问题？

# %%
display(item("credit-p3"))
answer = {"r1": ..., "r2": ..., "r3": ..., "r4": ..., "r5": ..., "r6": ...}
# BEGIN SOLUTION
answer = {"r1": "capital", "r2": "conditions", "r3": "philosophy"}
answer |= {"r4": "collateral", "r5": "character", "r6": "capacity"}
# END SOLUTION
check("credit-p3", answer)

# %%
predict("credit-q1")

# %% [markdown] lang="en"
# ## 3 · From evidence to points
#
# Cut a figure into **bins** (分箱) and count good customers, who paid, and bad ones, who defaulted. Say that one bin holds 40% of all good customers and 10% of all bad ones. Its **weight of evidence**
# (证据权重, WOE) is the natural logarithm of four. The **information value** (信息值, IV) adds up the bins:
#
# $$WOE = \ln\frac{\text{share of goods}}{\text{share of bads}} \qquad IV = \sum (\text{share of goods} - \text{share of bads})\, WOE$$
#
# In words: shares of *all* goods and of *all* bads, not rates inside the bin. Where are the best cuts? `optimal_bins` tries every way of
# merging twenty narrow bins and keeps the one with the highest information value. From here on the second half of the file stays locked away. Below, first a small example with three bins; then the five figures.

# %% [markdown] lang="zh"
# ## 3 · 从证据到分值
#
# 先把一项指标**分箱**（bins），也就是切成几段，再数每一箱里的好客户和坏客户：付清了的是好客户，违约的是坏客户。假设有一箱，里面是全部好客户的 40% 和全部坏客户的 10%，它的**证据权重**（weight of evidence，WOE）就是四的自然对数。各箱加起来，得到**信息值**（information value，IV）：
#
# $$WOE = \ln\frac{\text{好客户的比例}}{\text{坏客户的比例}} \qquad IV = \sum (\text{好客户的比例} - \text{坏客户的比例})\, WOE$$
#
# 用文字表述：比例，是占*全部*好客户、占*全部*坏客户的比例，不是箱内的比率。切在哪里最好？`optimal_bins` 先切出二十个窄箱，再把各种合并的办法都试一遍，留下信息值最高的一种。从这里起，数据的后一半锁起来，不看。下面先是一个小例子，列出三个箱的证据权重（`woe`）和各自贡献的信息值（`iv`）；然后用数据的前一半，求五项指标的信息值。

# %%
display(woe_table([400, 350, 250], [10, 30, 60]).round(3))
first, second = applicants[:2000], applicants[2000:]
five = ["late_ratio", "cash_cover", "leverage", "collateral_cover", "sector_outlook"]
direction = ["ascending", "descending", "ascending", "descending", "descending"]
bins = {name: optimal_bins(first[name], first["default_12m"], way) for name, way in zip(five, direction, strict=True)}
pd.Series({name: found.iv for name, found in bins.items()}, name="IV").round(3)

# %% [markdown] lang="en"
# Capacity tells most, by far; collateral tells next to nothing about *who* defaults. A rule of thumb: 0.02 to 0.1 is
# weak, up to 0.3 medium, above it strong, and above 0.5 suspicious: does the figure know the answer already (Siddiqi 2006)? Here it is honest.
#
# A **logistic regression** finds the weights under which the log odds fit best, and a scale turns log odds into **points** (分). Fix a score at some odds
# good:bad, here 600 at 50:1, and the points to double the odds (PDO), here 20:
#
# $$\text{factor} = 20/\ln 2 \qquad \text{offset} = 600 - \text{factor}\cdot\ln 50 \qquad \text{score} = \text{offset} + \text{factor}\cdot\ln(\text{odds})$$
#
# In words: natural logarithms, good to bad; odds of 9:1 are a chance of default of 1/(1 + 9). A clerk then only needs a table, in which each bin has points of its own. The regression models *bad*, so a minus turns it round. The $k$ figures share offset and intercept $a$ evenly; $b$ is the figure's weight:
#
# $$\text{points} = \text{offset}/k - \text{factor}\,(b \cdot WOE + a/k)$$

# %% [markdown] lang="zh"
# 能力的信息值最高，遥遥领先；至于*谁*会违约，抵押几乎什么也说明不了。经验法则：信息值在 0.02 至 0.1 之间为弱，到 0.3 为中，再高为强；高于 0.5 就可疑了：这项指标是不是早就知道了答案（Siddiqi 2006）？在这里，它没有偷看答案。
#
# 接着，**逻辑回归**（logistic regression）找出一组权重，使好坏比（odds，好客户：坏客户）的对数与数据拟合得最好；再由一把标尺，把这个对数换算成**分值**（points）。标尺靠两个约定来确定。一是某个好坏比得多少分：这里，50:1 得 600 分。二是好坏比每翻一倍加多少分，叫作好坏比翻倍的分数（points to double the odds，PDO）：这里是 20 分。
#
# $$\text{因子} = 20/\ln 2 \qquad \text{偏移量} = 600 - \text{因子}\cdot\ln 50 \qquad \text{分数} = \text{偏移量} + \text{因子}\cdot\ln(\text{好坏比})$$
#
# 用文字表述：对数是自然对数，比是好客户比坏客户；好坏比为 9:1，违约概率就是 1/(1 + 9)。因子（factor）和偏移量（offset）算一次就够了。以后，办事员只要照着一张表加分，表中每一箱都有自己的分值。回归模型预测的是*坏*，所以要加一个负号，把方向反过来。$k$ 项指标平均分摊偏移量和截距 $a$；$b$ 是该项指标的权重：
#
# $$\text{分值} = \text{偏移量}/k - \text{因子}\,(b \cdot WOE + a/k)$$

# %%
scale = points_scale(600, odds=50, pdo=20)
print(round(scale.factor, 2), round(scale.offset, 1), round(scale.score(25)), round(scale.score(100)))
card = fit_scorecard(first, variables=five, trends=dict(zip(five, direction, strict=True)), scale=scale)
woe = card.bins["cash_cover"].table["woe"].iloc[-1]
print(round(scale.offset / 5 - scale.factor * (card.weights["cash_cover"] * woe + card.intercept / 5), 1))
draw(points_by_bin, card.points, "cash_cover")

# %%
# [en] Five cards, mixed. One is an old way to score: Altman's Z weighs five ratios of a listed manufacturer.
# [zh] 五张卡片，顺序打乱。其中一张讲一种老办法：阿特曼（Altman）的 Z 值，用五个财务比率给上市制造企业打分。
practise("credit", 6, 7, 8, 15, 18)

# %% [markdown] lang="en" tags=["instructor"]
# **Instructor.** Sections 1 to 3 take 35 minutes. Somebody will say that a bin with 10% bad customers is bad evidence: ask
# how many are bad overall. Stress that the clerk's table is linear in the evidence, so every refusal can be explained. If
# time is short, skip Altman.

# %% [markdown] lang="zh" tags=["instructor"]
# **教师提示**：第 1 至 3 节共 35 分钟。总会有人说，一箱里的坏客户占 10%，就是不利的证据；请反问：总体中坏客户占多少？要强调，办事员的那张表对证据是线性的，各项分值直接相加，所以每一次拒绝都说得出理由。时间不够，就略去阿特曼的 Z 值。

# %% [markdown] lang="en"
# ## 4 · How good is it, and does the sixth item help?
#
# Take one good and one bad customer at random. The **AUC** is how often the good one scores higher; 0.5 is a coin. Gini is 2 AUC - 1. **KS** is
# the largest gap between the share of bads caught and the share of goods turned away. **Calibration** (校准) asks whether the promised chances come
# true. Judge on the **hold-out** (留出样本), the half that the model has not seen.

# %% [markdown] lang="zh"
# ## 4 · 评分卡有多好，第六项有没有用
#
# 任取一位好客户和一位坏客户，好客户得分更高的概率，就是 **AUC**（area under the curve，曲线下面积）；0.5 等于抛硬币。基尼系数（Gini）等于 2 AUC - 1。**KS** 值，是坏客户被识别出的比例与好客户被误拒的比例之差，取最大的一个。**校准**（calibration）问的是：预计的违约概率，兑现了没有。评判要用**留出样本**（hold-out），也就是模型没有见过的那一半。

# %%
score, bad = card.score(applicants), applicants["default_12m"]
print(round(auc(score[:2000], bad[:2000]), 3), "seen")  # [en]
print(round(auc(score[:2000], bad[:2000]), 3), "见过的")  # [zh]
print(round(auc(score[2000:], bad[2000:]), 3), round(ks(score[2000:], bad[2000:]), 3), "not seen")  # [en]
print(round(auc(score[2000:], bad[2000:]), 3), round(ks(score[2000:], bad[2000:]), 3), "没有见过的")  # [zh]
print(round(auc(second["visit_text_score"], second["default_12m"]), 3), "visit score")  # [en]
print(round(auc(second["visit_text_score"], second["default_12m"]), 3), "走访得分")  # [zh]
draw(promised_and_observed, calibration(card.default_probability(second), second["default_12m"]))

# %% [markdown] lang="en"
# The first AUC flatters by four points: cuts and weights were chosen to fit that half. The praise of the visits is hardly better than a coin. And eight of the ten dots lie above the line: the card promises 10.8% on average, and 11.9% defaulted.
#
# Now the sixth item. (Cutting figures into bins loses a little: weighed as they are, the five Cs reach 0.79.) Alone, business philosophy has an AUC of 0.58. Commit to a prediction, then do the task of **W11.1 Scorecard**.

# %% [markdown] lang="zh"
# 第一个 AUC 虚高了四个百分点：分箱和权重，本来就是照着那一半选的。走访报告里的好话，比抛硬币强不了多少。再看图：十个点里有八个在线的上方；评分卡平均预计 10.8% 违约，实际是 11.9%。
#
# 现在来看第六项。（分箱会损失一点信息：直接给原来的数字加权，五个 C 的 AUC 能到 0.79。）单看经营理念，AUC 为 0.58。先作出预测，再完成 **W11.1 评分卡**的任务。

# %%
predict("credit-q2")

# %%
weigh_the_cs()

# %%
# [en] AUC on the hold-out, and the weight of philosophy.
# [zh] 留出样本上的 AUC，以及经营理念的权重。
marks, cs = item_marks(applicants), ["character", "capacity", "capital", "collateral", "conditions"]
for names in (cs, [*cs, "philosophy"], [*cs[1:], "philosophy"], ["philosophy"]):
    intercept, weights = fit_logit(marks[names][:2000], bad[:2000])
    found = pd.Series(weights, index=names).round(2).get("philosophy", "-")
    print(round(auc(-(marks[names][2000:] @ weights), bad[2000:]), 3), found, *names)
print(truth("credit_applicants")["logit"])

# %% [markdown] lang="en"
# Added, it gets a weight near zero and changes nothing. In place of character it takes a weight: it is a blurred copy, correlated 0.7 with character. And the truth on
# file says 0. The sixth item tells a story that character has told already.
#
# Now back to the ten. A **reason code** (拒绝理由) names what cost most points against the average applicant; it is owed to those who are refused.

# %% [markdown] lang="zh"
# 加进去，它的权重接近零，什么也没有改变。用它代替品质，它才有了权重：它是品质的一个模糊的副本，两者的相关系数为 0.7。而存档的真实系数是 0。第六项讲的故事，第一项早就讲过了。
#
# 现在回到那十家店。**拒绝理由**（reason code）指出，与平均水平的申请人相比，扣分最多的是哪几项；被拒绝的人，有权知道理由。下表以 `reason` 开头的两列，就是扣分最多的两项；后面几列是分数（`score`）、违约概率（`pd`）、走访得分（`visit`）和是否违约（`default`）。

# %%
codes = card.reasons(ten, count=2)
chances = card.default_probability(ten).round(3)
codes = codes.assign(score=card.score(ten).round().astype(int), pd=chances)
codes.assign(visit=ten["visit_text_score"], default=ten["default_12m"])

# %% [markdown] lang="en"
# ## 5 · Where to cut
#
# The two that fail have the highest chances of default, 32% and 21%. But what is too high? A sale of $P = 100$ costs $v = 88$ and is paid a month later; money costs $R$ = 1% a month. Only what Lanwan itself has put in can be lost: the cost, not the price. Paid, the sale brings $m = P/(1+R) - v = 11$;
# unpaid, it costs $v \cdot LGD$. Credit pays while $(1 - PD)\,m > PD \cdot v \cdot LGD$, that is up to the **cut-off** (临界点)
#
# $$PD^* = \frac{m}{m + v \cdot LGD}$$
#
# In words: the chance at which the expected gain equals the expected loss. Predict, then do the task of **W11.2
# Cut-off**.

# %% [markdown] lang="zh"
# ## 5 · 线画在哪里
#
# 后来违约的两家，评分卡算出的违约概率正好最高，为 32% 和 21%。可是，多高才算太高？一笔销售，价格 $P = 100$，变动成本 $v = 88$，货款一个月后付，资金成本 $R$ 为每月 1%。付了，得 $m = P/(1+R) - v = 11$；不付，失 $v \cdot LGD$：可能损失的，只是蓝湾自己投入的成本，不是售价。只要 $(1 - PD)\,m > PD \cdot v \cdot LGD$，赊销就划算，也就是说，违约概率最高可以到**临界点**（cut-off）：
#
# $$PD^* = \frac{m}{m + v \cdot LGD}$$
#
# 用文字表述：在这个概率上，预期的收益正好等于预期的损失。先作出预测，再完成 **W11.2 临界点**的任务。

# %%
predict("credit-q3")

# %%
limit, margin = cutoff(100, 88, 0.01, 0.54), 100 / 1.01 - 88
came = margin - (margin + 88 * 0.54) * second["default_12m"]
granted = card.default_probability(second) < limit
print(round(came[granted].sum() / len(second), 2), round(came.mean(), 2))
print(round(limit, 3), cutoff(100, 88, 0.01, ten["lgd"]).round(3))
print([round(break_even_default(100, 88, 0.01, business), 3) for business in ("one_shot", "collected")])
where_to_cut()

# %% [markdown] lang="en"
# At 19% the owner takes five in six and expects to earn most: about 6.15 yuan an applicant. What *came* with the card's line is printed above: 5.40, against 4.07 for taking everybody. A tighter rule turns away profit. So, the ten: seven lie below the line. Of the three refused, A3883 and A3885 failed; the salespeople had given them 9 and 8. A3889 would have paid: some good ones are the price of a line. (With her own loss each customer has her own line, from 13 to 32%.)
#
# A customer who pays usually comes back. With 40 yuan of later business the best cut-off jumps to 52%. If nothing is pledged, a stranger who buys once is worth it up to 11% default; one who, having paid once, pays every month for ever, up to 93% (Ross, Westerfield & Jordan).
#
# And **collateral**? Does it stop people from defaulting? Say yes or no, then do the task of **W11.3 What collateral does**.

# %% [markdown] lang="zh"
# 临界点设在 19%，老板每六家接受五家，预期利润最高：平均每位申请人约 6.15 元。按评分卡画这条线，*实际*赚了多少，上面打印出来了：5.40 元；来者不拒则是 4.07 元。再收紧，拒之门外的就是利润。回到那十家：七家在线以下。被拒的三家里，A3883 和 A3885 果然违约，销售人员给它们打的是 9 分和 8 分；A3889 本来会付清：误拒几个好客户，是画线的代价。（如果按各人自己的违约损失率计算，每位客户就有自己的线，从 13% 到 32%。）
#
# 付了款的客户通常还会再来。如果日后的生意再带来 40 元，最优的临界点就一下子升到 52%。没有抵押时，只买一次的陌生人，违约概率不超过 11% 才值得赊；如果付过一次款，以后就永远月月照付，最高可以到 93%（Ross, Westerfield & Jordan）。
#
# 那么**抵押**呢？它能使人不违约吗？先说能还是不能，再完成 **W11.3 抵押的作用**的任务。

# %%
what_collateral_does()

# %% [markdown] lang="en"
# One step of character weighs as much as collateral for a third of the credit more, 85% instead of 50%: the loss is about the same, 3.2%. But now 9.5% default, and no longer 6.0%. Somebody has to
# fetch the washing basins. And let conditions fall by one step: 6.0% becomes 8.3%. That is a **stress test** (压力测试): nobody's record has changed. Five cards, mixed.

# %% [markdown] lang="zh"
# 品质差一级，要再添相当于赊销额三分之一的抵押才能弥补：抵押从赊销额的 50% 提高到 85%，损失才与原来差不多，为 3.2%。可是违约的不再是 6.0%，而是 9.5%。总得有人上门去搬洗头盆。再让条件变差一级：6.0% 变成 8.3%。这就是**压力测试**（stress test）：谁的记录都没有变。下面五张卡片，顺序打乱。

# %%
practise("credit", 4, 5, 9, 10, 11)

# %% [markdown] lang="en" tags=["instructor"]
# **Instructor.** Sections 4 and 5 take 30 minutes. Ask who wants to keep the sixth item, and let them defend it: it is cheap to keep, expensive to explain. In W11.2 let
# one half of the room play a wholesaler with 4% margin, the other a software firm with 40%: the same salon is refused here and welcome there.

# %% [markdown] lang="zh" tags=["instructor"]
# **教师提示**：第 4、5 节共 30 分钟。问一问谁想留下第六项，请他来辩护：留着它不费钱，解释起来却费劲。做 W11.2 时，全班一半扮演毛利率 4% 的批发商，另一半扮演毛利率 40% 的软件公司：同一家店，在这边被拒，在那边受欢迎。

# %% [markdown] lang="en" teaches="credit.visit-reports credit.report-forms"
# ## 6 · Where the information comes from
#
# Note 5 goes through the sources. **Visit reports** (走访报告) depend on the seller's skill: subjective, scattered, incomplete.
# The key, it says, is a well-designed form. Here 120 salons were visited by two salespeople each. Both wrote freely first and
# then filled in a form. How often do two people agree whether a salon deserves 7 or more, beyond chance? **Cohen's kappa** compares the agreement $p_o$ with that of chance, $p_e$: $\kappa = (p_o - p_e)/(1 - p_e)$.
#
# Some people are kinder than others. But a person who wrote few reports is not yet known, so her difference from the mean is multiplied by
# $n/(n + 10)$, with $n$ her reports: after ten of them half is believed (after Buehlmann 1967).

# %% [markdown] lang="zh"
# ## 6 · 信息从哪里来
#
# 笔记 5 逐一谈到信息的来源。**走访报告**（visit reports）依靠销售人员的技能，往往主观、零散、不完整。笔记说，关键是设计出好的报告和表格格式。这里有 120 家店，各由两位销售人员走访；每人先写自由报告（`free`），再填结构化的表格（`structured`）。就“是否达到 7 分”这一点，两人的判断有多一致？碰巧的一致不算。**Kappa 系数**（Cohen's kappa）衡量的就是这个，把一致的比例 $p_o$ 与碰巧一致的比例 $p_e$ 相比：$\kappa = (p_o - p_e)/(1 - p_e)$。
#
# 有的人手松，有的人手紧。一个人如果只写过几份报告，我们对她还不了解；所以，她的平均分与总平均分之差要向零收缩，也就是乘以 $n/(n + 10)$，其中 $n$ 是她写的报告份数：写满十份，相信一半（依据 Buehlmann 1967）。下面先打印两种报告的 Kappa 系数；表中是每位销售人员所写自由报告的份数（`reports`）、收缩前的偏差（`raw`）、收缩后的偏差（`bias`）和真实的偏差（`true`）。

# %%
visits = load("credit_visits")
for form, reports in visits.groupby("form"):
    pairs = reports.pivot(index="salon", columns="visit", values="grade") >= 7
    print(form, round(cohen_kappa(pairs[1], pairs[2]), 2))
free = visits[visits["form"] == "free"]
table = pd.DataFrame({"reports": free["salesperson"].value_counts()})
lenient = pd.Series(truth("credit_visits")["leniency"])
for name, prior in (("raw", 0), ("bias", 10)):
    table[name] = rater_bias(free["grade"], free["salesperson"], prior)
table.assign(true=lenient - (lenient * table["reports"]).sum() / len(free)).round(2)

# %% [markdown] lang="en"
# The form nearly doubles kappa. Emil's free reports are more than a grade too strict. Fang's four reports say 1.18; we believe 0.34, and the truth is 0.27. Your turn: one more salesperson, her bias and a corrected grade.

# %% [markdown] lang="zh"
# 用了表格，Kappa 系数将近翻了一番。Emil 的自由报告，打分偏严一分多。Fang 的四份报告偏松 1.18 分；我们只信 0.34，真实的是 0.27。轮到你了：另有一位销售人员，求她的偏差，再把她打的一个分校正过来。

# %%
display(item("credit-p12"))
answer = {"bias": ..., "corrected": ...}
# BEGIN SOLUTION
mine = item("credit-p12").params
bias = (mine["mean"] - mine["overall"]) * mine["reports"] / (mine["reports"] + mine["prior"])
answer = {"bias": bias, "corrected": mine["grade"] - bias}
# END SOLUTION
check("credit-p12", answer)

# %% [markdown] lang="en" teaches="credit.sales-and-payment-trend"
# ### The ledger
#
# Figures of the bookkeeper are easier to get and more exact, but often end with the **ageing** (账龄) of debts: how much of the book is this
# month's, last month's, older. Two salons, Kite and Mirror, order and pay all year; their ageing reports were alike, and never changed. The picture adds what it leaves out: how much
# of each month's *orders* is still open a month later. One of the two pays ever later. Its orders grow ever faster, so new debt dilutes the old,
# and the ageing report stands still (Lewellen & Johnson 1972). The many-angled report that the note asks for shows orders and payments side by side.

# %% [markdown] lang="zh"
# ### 账本
#
# 笔记说，账上的数字，比销售人员的信息更容易得到，也更准确，但往往只停留在欠款的**账龄**（ageing）分析上：未收的账款里，本月的占多少，上月的占多少，更早的占多少。风筝店（Kite）和镜子店（Mirror）全年都在订货、付款；两家的账龄表一模一样，从来没有变过。图中补上了账龄表没有说的：每个月的*订货款*，一个月后还有多少没付。两家之中，有一家越付越晚。可是它的订货也增长得越来越快，新账冲淡了旧账，账龄表就纹丝不动（Lewellen & Johnson 1972）。笔记所要求的多角度的报告，就是把订货和付款并排列出。

# %%
display(draw(ageing_and_pattern, load("credit_trend")))
practise("credit", 13, 14)

# %% [markdown] lang="en" teaches="credit.contact-and-bureau"
# ### Long contact or a bureau's report?
#
# Both are good ways, says the note, and since long contact costs nothing extra, it is the better value. But one has contact only
# with those whom one served, and a friend is hard to refuse. A bureau's report (征信报告) costs money, and in many countries her consent. What is it worth?
#
# $$\text{value} = E[\text{best profit after the report}] - \text{best profit without}$$
#
# In words: information is worth something only where it changes what you do. Say that 15% are bad, 11.01 is gained and 47.52 lost. **Sensitivity** (灵敏度) is the share of bad customers that it reports as bad, here 0.70; **specificity** (特异度) the share of good ones that it clears, 0.85. Accept everybody: 0.85 × 11.01 - 0.15 × 47.52 = 2.23. Accept after a good report only: 0.85 × 0.85 × 11.01 - 0.15 × 0.30 × 47.52 = 5.82. So it is worth 3.59. Predict, then do the task of **W11.4 Buy the report?**

# %% [markdown] lang="zh"
# ### 长期接触，还是征信公司的报告？
#
# 笔记说，两者都是比较好的途径；长期接触（long contact）不增加额外成本，因而更符合成本效益的原则。可是，长期接触过的，只有自己服务过的客户；何况朋友开口，很难拒绝。征信公司（credit bureau）的征信报告（credit report）要花钱买，在许多国家还要申请人本人同意。它值多少？
#
# $$\text{报告的价值} = E[\text{看过报告之后的最高利润}] - \text{没有报告时的最高利润}$$
#
# 用文字表述：信息只有能改变你的做法，才有价值。设坏客户占 15%，收益 11.01，损失 47.52。**灵敏度**（sensitivity），是坏客户中被报为坏的比例，这里为 0.70；**特异度**（specificity），是好客户中被报为好的比例，为 0.85。全部接受：0.85 × 11.01 - 0.15 × 47.52 = 2.23。只接受报告好的：0.85 × 0.85 × 11.01 - 0.15 × 0.30 × 47.52 = 5.82。所以报告值 3.59。先作出预测，再完成 **W11.4 买不买报告**的任务。

# %%
predict("credit-q4")

# %%
display(buy_the_report())
practise("credit", 17)

# %% [markdown] lang="en" tags=["instructor"]
# **Instructor.** Section 6 takes 20 minutes. For kappa let two students grade the same paragraph about a salon, then the same four questions. At
# W11.4 ask: "Your friend at the bureau offers the report for free. Do you read it?" At 3% bad customers it makes no difference.

# %% [markdown] lang="zh" tags=["instructor"]
# **教师提示**：第 6 节共 20 分钟。讲 Kappa 系数时，让两位学生先给同一段介绍一家店的文字打分，再就同样的四个问题打分。做 W11.4 时问：“征信公司的朋友把报告白送给你，你看不看？”坏客户占 3% 时，看不看都一样。

# %% [markdown] lang="en"
# Between 11% and 31% of bad customers the report is worth its 2 yuan, and most at the cut-off of 19%, where you know least what to do. At 40% even a
# good report persuades nobody.
#
# ## Real data: a bank's thousand loans
#
# A bank in southern Germany, 1973 to 1975: 1,000 loans, 20 variables, 300 of them bad (more than in life; bad ones were sampled heavily).
# Two traps. The column `credit_risk` is 1 for *good*; read it as "bad", and you get a scorecard with the same AUC that refuses the wrong people. And the code list that circulated for decades was
# wrong: status 4 means 200 marks and more on account, not "no account" (Groemping 2019).

# %% [markdown] lang="zh"
# 坏客户占 11% 至 31% 时，花 2 元买报告是值得的；占比正好等于临界点，即 19% 时，报告的价值最高，因为那时你最拿不定主意。到了 40%，哪怕报告再好，也说服不了谁。
#
# ## 真实数据：一家银行的一千笔贷款
#
# 德国南部的一家银行，1973 年至 1975 年：1,000 笔贷款，20 个变量，其中 300 笔是坏的（比现实中多，坏的是有意多抽的）。有两个陷阱。`credit_risk` 这一列，1 表示*好*；看成“坏”，得到的评分卡 AUC 一样高，拒绝的却是不该拒绝的人。还有，流传了几十年的代码表是错的：账户状况（`status`）的代码 4，意思是账户里有 200 马克或更多，而不是“没有账户”（Groemping 2019）。

# %% tags=["nbval-ignore-output"]
loans = real_data("south_german_credit")
if loans is not None:
    loans = loans.assign(bad=1 - loans["credit_risk"]).drop(columns="credit_risk")
    display(optimal_bins(loans["status"], loans["bad"]).table.round(3))
    print(round(auc(fit_scorecard(loans, "bad").score(loans), loans["bad"]), 3))
    for dropped in ([], ["personal_status_sex", "age_years", "foreign_worker"]):
        kept, found = loans.drop(columns=dropped), []
        for fold in range(10):
            held = loans.index % 10 == fold
            found.append(fit_scorecard(kept[~held], "bad").default_probability(kept[held]))
        print(round(auc(-pd.concat(found).sort_index(), loans["bad"]), 3))

# %% [markdown] lang="en"
# The status of the account has an IV of 0.666. Under the old list the 394 people of status 4 had *no* account, and 12% were bad; in truth they have money there, and the 274 who really have none fail in 49% of cases. Judged on the loans it was fitted to, the scorecard reaches an AUC of 0.823. Judged ten times on a tenth
# it had not seen, 0.783. The first figure flatters; report the second. Without the columns of sex and marital status, age, and foreign origin it is 0.781: here it costs next to nothing to leave them out, and using some of them is illegal in many countries. (Foreign origin never had points: too few people for a bin.) That is not yet fairness: a
# postcode can stand in for any of them. (If no figures stand above, the data were not to be had; these are theirs.)
#
# ## Worked example: from a score to a decision
#
# A salon scores 560 on the scale above. Call the price of the kit 100, in any unit; it costs Lanwan 88, and is paid a month later; money costs 1% a month. Collateral leaves a loss of 0.6. The
# owner grants it, as you will see.
#
# After it come the deciding step with other numbers, and a whole case without help. Both have your own numbers once you have
# set `student("2026001")` on the start page.

# %% [markdown] lang="zh"
# 账户状况的信息值（IV）为 0.666。按旧的代码表，代码 4 的 394 人*没有*账户，其中 12% 是坏的；实际上他们账上有钱，真正没有账户的是另外 274 人，其中 49% 是坏的。用拟合时用过的贷款来评判，评分卡的 AUC 达到 0.823。分十次，每次用它没有见过的十分之一来评判，只有 0.783。第一个数虚高，应当报告第二个。去掉性别与婚姻状况（`personal_status_sex`）、年龄（`age_years`）和外籍（`foreign_worker`）这几列，是 0.781：在这里，去掉它们几乎不用付出代价；而在许多国家，使用其中一些是违法的。（外籍一项本来就没有分值：人太少，分不成箱。）这还算不上公平：邮政编码可以顶替其中任何一项。（如果上面没有数字，就是数据没有取到；这里说的就是那些数字。）
#
# ## 例题：从分数到决策
#
# 一家店在上面的标尺上得 560 分。入门套装的价格记作 100（用什么单位都一样），成本 88，一个月后付款，资金成本每月 1%；有抵押，违约损失率为 0.6。你会看到，老板同意赊。
#
# 例题之后，先换一组数，只做决策这一步；再独立解一个完整的案例，没有引导。如果你在起始页用 `student("2026001")` 登记过，两题都是你自己的数字。

# %%
# [en] 1. Points to odds, and odds to a chance of default.
# [zh] 1. 由分值求好坏比，再求违约概率。
chance = 1 / (1 + scale.odds(560))
print(round(scale.odds(560), 1), round(chance, 3))
# [en] 2. The highest chance at which this sale still pays.
# [zh] 2. 这笔交易还划算的最高违约概率。
limit = cutoff(100, 88, 0.01, 0.6)
print(round(limit, 3))
# [en] 3. What granting it is worth.
# [zh] 3. 赊给她，值多少。
print(round((1 - chance) * (100 / 1.01 - 88) - expected_loss(chance, 0.6, 88), 2))

# %%
display(item("credit-p1"))
answer = {"profit": ..., "decision": ...}
# BEGIN SOLUTION
mine = item("credit-p1").params
gain = mine["price"] / (1 + mine["rate"]) - mine["variable_cost"]
profit = (1 - mine["pd"]) * gain - expected_loss(mine["pd"], mine["lgd"], mine["variable_cost"])
answer = {"profit": profit, "decision": "grant" if profit > 0 else "refuse"}
# END SOLUTION
check("credit-p1", answer)

# %%
# [en] Another round? from crmlab import new_numbers, then new_numbers("credit-p2").
# [zh] 想再练一次？先 from crmlab import new_numbers，再 new_numbers("credit-p2")。
display(item("credit-p2"))
answer = {"pd": ..., "cutoff": ..., "profit": ...}
# BEGIN SOLUTION
mine = item("credit-p2").params
chance = 1 / (1 + points_scale(mine["base_score"], mine["base_odds"], mine["pdo"]).odds(mine["score"]))
gain = mine["price"] / (1 + mine["rate"]) - mine["variable_cost"]
answer = {"pd": chance, "cutoff": cutoff(mine["price"], mine["variable_cost"], mine["rate"], mine["lgd"])}
answer["profit"] = (1 - chance) * gain - expected_loss(chance, mine["lgd"], mine["variable_cost"])
# END SOLUTION
check("credit-p2", answer)

# %% [markdown] lang="en"
# ## Source check
#
# **The notes.** Definition, goals, the survey and the sources of information stand in the revision notes, note 5.
#
# **The literature, and this kit.**
#
# - The notes call six items "5C". Bankers' lists have five; business philosophy is in none that we know. In our data it has no effect by construction, so that the
#   test has a known answer. Test it in yours.
# - "Pledge" sounds like safety. Banks ask *riskier* borrowers for it (Berger & Udell 1990); in real data more collateral can go with more default.
# - "Long contact costs nothing extra" forgets whom one never met. Petersen & Rajan (1994) find that relationships do ease credit.
# - Visit reports: Lambert, Marmorstein & Sharma (1990) find salespeople's perceptions of customers inaccurate; we quote the claim from memory.
# - Altman (1968) fitted 66 listed manufacturers. His zones do not carry over to a hair salon.
# - Applicants whom one refused never default. A scorecard fitted to the accepted alone is blind there.
#
# ## Ethics: the street without credit
#
# A clerk proposes a new variable: the street. Salons in three streets near the station default twice as often, and the AUC
# rises by 0.02. Most of their owners came from the same province.
#
# Rules to choose from: a reason must be about the applicant herself; no stand-in for origin; who is judged by a program may ask for an explanation (PIPL, article 24).
#
# Decide: use it, drop it, or something else. Write at least 40 words: who is affected, what the street stands for, which rule you apply, and what you
# would tell the owner of a sound salon there.

# %% [markdown] lang="zh"
# ## 出处核对
#
# **课程笔记怎么说**：定义、目标、要调查的各项和信息的来源，都出自复习笔记，即笔记 5。
#
# **文献怎么说，本课怎么做**：
#
# - 笔记的“5C”有六项。银行家的清单是五项；就我们所知，没有哪一份列有经营理念。在本课的数据里，它被设定为毫无作用，这样检验才有已知的答案。请用你自己的数据再检验。
# - “抵押”听起来很安全。其实，银行往往要求风险*较高*的借款人提供抵押（Berger & Udell 1990）；在真实的数据里，抵押越多，违约也可能越多。
# - “长期接触不增加额外成本”，忘了那些从未接触过的人。Petersen 与 Rajan（1994）发现，关系确实使人更容易得到信贷。
# - 走访报告：Lambert、Marmorstein 与 Sharma（1990）发现，销售人员对客户的看法并不准确；这是凭记忆引述的。
# - 阿特曼（Altman 1968）拟合所用的，是 66 家上市的制造企业。他划分的三个区，不能照搬到美发店。
# - 被拒绝的申请人，永远不会违约。只用获准的人来拟合，评分卡对这些人就一无所知。
#
# ## 伦理：赊不到账的街
#
# 一位办事员提议，增加一个新变量：哪条街。车站附近有三条街，街上的店违约率高出一倍；加上这个变量，AUC 提高 0.02。那里的店主，大多来自同一个省。
#
# 可以依据的规则：理由必须与申请人自己有关；不得用别的东西顶替籍贯；由程序评判的人，有权要求说明（《个人信息保护法》第 24 条）。
#
# 请决定：用，不用，还是另想办法？至少写 40 个词（约八十个汉字）：谁会受影响，这条街代表什么，依据什么规则，对那里一位可靠的店主，你会怎么说。

# %%
answer = ...
# BEGIN SOLUTION
# [en] One possible answer.
# [zh] 一种可能的回答。
answer = "Drop it. The street stands for who lives there, and sound owners of one origin would pay for their neighbours. "  # [en]
answer += "Rule: a reason must be something that an applicant can change or that is about herself, such as her own late "  # [en]
answer += "payments and cash. I would tell the owner which of her own figures cost most points, and offer a smaller "  # [en]
answer += "limit first; bad trade in a district may lower every limit there, whoever owns the salon."  # [en]
answer = "不用。街道代表的是住在那里的人；同一籍贯的可靠店主，要为邻居的行为付出代价。"  # [zh]
answer += "规则：拒绝的理由，必须是申请人自己的情况，或者她能够改变的东西，比如她自己的逾期记录和现金。"  # [zh]
answer += "我会告诉这位店主，是她自己的哪几项数字扣分最多，并且先给她一个较小的额度；"  # [zh]
answer += "地段的生意不景气，可以降低那里每一家店的额度，不论店主是谁。"  # [zh]
# END SOLUTION
check("credit-p16", answer)

# %% [markdown] lang="en"
# ## Key points
#
# 1. Expected loss is chance of default, times loss given default, times exposure.
# 2. The notes' 5C are six. Five are standard; the sixth must earn its place on a hold-out.
# 3. Weight of evidence uses shares of all goods and of all bads. Points are log odds on a scale.
# 4. The cut-off follows from margin and loss, not from fear. Collateral works on the loss, and little on default.
# 5. A form makes reports agree; a ledger shows more than its age.
# 6. Information is worth something only where it changes a decision.
#
# ## Glossary
#
# | English | 中文 | English | 中文 |
# |---|---|---|---|
# | probability of default | 违约概率 | loss given default | 违约损失率 |
# | exposure | 敞口 | expected loss | 预期损失 |
# | scorecard | 评分卡 | weight of evidence | 证据权重 |
# | information value | 信息值 | points to double the odds | 好坏比翻倍的分数 |
# | hold-out | 留出样本 | calibration | 校准 |
# | cut-off | 临界点 | collateral | 抵押 |
# | reason code | 拒绝理由 | credit report | 征信报告 |
#
# ## Sources
#
# Altman (1968). Berger & Udell (1990). Buehlmann (1967). Cohen (1960). Groemping (2019), *South German Credit Data*. Lambert, Marmorstein & Sharma (1990). Lewellen & Johnson (1972). Petersen & Rajan (1994). Raiffa & Schlaifer (1961). Ross, Westerfield & Jordan, *Fundamentals of Corporate Finance*. Siddiqi (2006), *Credit Risk Scorecards*. South German Credit, UCI Machine Learning Repository, CC BY 4.0.
#
# ## Next
#
# Do the graded set, `exercises/11_credit`: six items with your own numbers. Then chapter 12: what terms, how much, for how long. Your progress is on
# the [start page](start.ipynb).

# %% [markdown] lang="zh"
# ## 要点
#
# 1. 预期损失，等于违约概率乘以违约损失率，再乘以敞口。
# 2. 笔记的 5C 有六项。五项是标准的；第六项，要在留出样本上证明自己有用。
# 3. 证据权重所用的，是占全部好客户、占全部坏客户的比例。分值，就是换了标尺的好坏比的对数。
# 4. 临界点由毛利和损失决定，与心里怕不怕无关。抵押减少的是损失，对违约作用很小。
# 5. 用了表格，报告更一致；账本能告诉你的，不止是账龄。
# 6. 信息只有能改变决策，才有价值。
#
# ## 词汇表
#
# | English | 中文 | English | 中文 |
# |---|---|---|---|
# | probability of default | 违约概率 | loss given default | 违约损失率 |
# | exposure | 敞口 | expected loss | 预期损失 |
# | scorecard | 评分卡 | weight of evidence | 证据权重 |
# | information value | 信息值 | points to double the odds | 好坏比翻倍的分数 |
# | hold-out | 留出样本 | calibration | 校准 |
# | cut-off | 临界点 | collateral | 抵押 |
# | reason code | 拒绝理由 | credit report | 征信报告 |
#
# ## 文献
#
# Altman (1968). Berger & Udell (1990). Buehlmann (1967). Cohen (1960). Groemping (2019), *South German Credit Data*. Lambert, Marmorstein & Sharma (1990). Lewellen & Johnson (1972). Petersen & Rajan (1994). Raiffa & Schlaifer (1961). Ross, Westerfield & Jordan, *Fundamentals of Corporate Finance*. Siddiqi (2006), *Credit Risk Scorecards*. South German Credit, UCI Machine Learning Repository, CC BY 4.0（德国南部信贷数据）.
#
# ## 下一步
#
# 完成评分练习 `exercises/11_credit`：六道题，用你自己的数字。然后进入第 12 章：按什么条件赊，赊多少，赊多久？你的进度见[起始页](start.ipynb)。
