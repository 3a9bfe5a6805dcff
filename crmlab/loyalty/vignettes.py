"""What owners of small salons said when asked why they bought the shampoo they bought last.

Written for coding practice: a careful reader can tell which of the four types of loyalty is speaking, though no
transcript names it. There are 20 of each type. In about 6 of them the first impression misleads: a deal is mentioned
by somebody who did not buy for it, or a long relation by somebody who does not care. In 5 of the behavioural ones the
owner overcomes an obstacle to get the same again. People, salons and events are made up.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from crmlab.core.text import Text

#: Type of loyalty -> what its 20 owners said.
TRANSCRIPTS: Mapping[str, tuple[Text, ...]] = MappingProxyType(
    {
        "impulse": (
            Text(
                en="I lectured their rep on sulphates for half an hour and swore I'd stay with mine. Then he put the "
                "gift set on the counter, and, well, it's a very pretty gift set.",
                zh="我给那业务员讲了半个钟头的硫酸盐，还说打死不换。结果他把礼盒往台上一放……唉，那礼盒是真漂亮。",
            ),
            Text(
                en="Buy 6 refills and you could spin the wheel for a rice cooker. I won a keyring, everybody clapped, "
                "and that's how they got here.",
                zh="买 6 瓶补充装能转一回大转盘，头奖是电饭煲。我转了个钥匙扣，大伙儿直鼓掌，这些货就是这么来的。",
            ),
            Text(
                en="We'd gone out for noodles, my sister-in-law and I. She saw the poster in the window, 2nd bottle "
                "half price, so we shopped first and ate later.",
                zh="那天我跟嫂子是出去吃面的。她瞧见橱窗上贴着第 2 瓶半价，得，面先不吃了，进去买完再说。",
            ),
            Text(
                en="They threw in a hairdryer with every 12 bottles. Ask me about the dryer, it's terrific! The "
                "shampoo, well, that came along with it.",
                zh="买 12 瓶送一把吹风机。你要问吹风机，那是真好使！洗发水嘛，就是搭着来的。",
            ),
            Text(
                en="New bottle, rose gold, right at eye level. I said to Mei, wouldn't that look smart beside our "
                "mirrors, and she was already carrying a pair to the counter.",
                zh="新出的瓶子，玫瑰金的，正摆在眼跟前。我跟小梅说，这搁咱镜子边上多气派，话没说完，"
                "她已经抱着一对去柜台了。",
            ),
            Text(
                en="My order for another make was already written. Then Fang from next door came waving a leaflet, "
                "buy 3 and get 1, so I tore mine up and we went halves.",
                zh="别家的订单我都写好了。隔壁阿芳举着张传单进来，说买 3 送 1，我把单子一撕，跟她拼了，一人一半。",
            ),
            Text(
                en="I drove 40 kilometres for it in that heat, right round the ring road: opening day, 9 yuan a "
                "bottle for the first 100 people. The make? It's still in the boot.",
                zh="大热天的，我绕着环城路开了 40 公里去买的，人家新店开张，前头来的每瓶 9 元，只有 100 个名额。"
                "什么牌子？还在后备厢里呢，没细看。",
            ),
            Text(
                en="Laurel was hanging on my wall. Then Granary's young man rang: 30% less, but only until 6 o'clock. "
                "At 5:50 I said yes.",
                zh="墙上本来挂的是月桂。谷仓那小伙子来电话，说便宜 30%，只到 6 点。5:50 我就答应了。",
            ),
            Text(
                en="I'm a Granary woman, always have been, ask anybody: New Year there was the free bowl, Mid-Autumn "
                "the mooncakes. In between? Well, then it's Laurel, when they hand out vouchers.",
                zh="我可是谷仓的老主顾，你随便打听：过年送盆，中秋送月饼，我哪回落下过？平时啊？平时月桂发券，"
                "我就用月桂。",
            ),
            Text(
                en="My phone buzzed: a coupon for 50 yuan, gone by the evening. I had stock until summer, really, but "
                "letting it run out seemed a sin.",
                zh="手机叮一声，来了张 50 元的券，当晚就作废。其实货够用到夏天的，可白白让它过期，我这心里过不去。",
            ),
            Text(
                en="It was raining, she'd brought cakes, and by the second cup of tea I'd signed for 8 boxes of "
                "Lanwan. If another firm turns up with cakes tomorrow, heaven help me.",
                zh="那天下着雨，蓝湾那姑娘还拎着蛋糕来，第二杯茶没喝完，8 箱的单子我就签了。明天要是别家也拎着蛋糕来，"
                "我怕是照样扛不住。",
            ),
            Text(
                en="Which one is it, let me look, ah, Meadow. Last time it was Laurel, before that something in a "
                "green bottle. I fish out whatever has the red sticker on it.",
                zh="我瞅瞅是哪个牌子，哦，青禾。上回是月桂，再上回是个绿瓶子的，叫不上名。哪个贴着红签，我就拿哪个。",
            ),
            Text(
                en="At the fair a girl washed my hand with it: warm towel, soft music, gorgeous stand. I came home "
                "with 20 litres and no idea where to put them.",
                zh="展会上有个姑娘拿它给我洗手，热毛巾敷着，音乐放着，那展台布置得真漂亮。我扛了 20 升回来，"
                "到现在都不知道往哪儿搁。",
            ),
            Text(
                en="Of course I compared, I'm careful with such things: one had 15% off, the other 20%, so the other "
                "it was. What's inside I couldn't tell you, they're both white.",
                zh="当然比过，这种事我仔细着呢：一家便宜 15%，一家便宜 20%，那当然拿后一家。里头是些什么我可说不上来，"
                "反正都是白的。",
            ),
            Text(
                en="An apron for each of my 4 girls, free, and in our colours! So this time it's Lanwan. The time "
                "before it was Meadow, on account of the umbrella.",
                zh="我这 4 个姑娘一人送一条围裙，还是咱店的颜色！所以这回用蓝湾。上回是青禾，冲着那把伞去的。",
            ),
            Text(
                en="Such a warm person, the Laurel lady. She rang as I was locking up, last evening of the offer, and "
                "how could I say no? To the Granary lady I couldn't either, last month.",
                zh="月桂那位大姐，人是真热乎。我正锁门呢，她电话来了，说优惠就剩今晚，你说我怎么好意思回绝？"
                "上个月谷仓那位大姐打来，我也没好意思。",
            ),
            Text(
                en="The lad who brings our towels had some cartons of Granary left in his van and wanted to go home. "
                "Good price, here and now, so I made room.",
                zh="送毛巾的小伙子车上剩了几箱谷仓，急着回家，说便宜给我。价钱合适，又送到了跟前，我就腾块地方收下了。",
            ),
            Text(
                en="Always the same wholesaler, always Thursday, always the third aisle. There's a basket with "
                "crossed-out prices there, and whatever lies on top comes home; this week that was Meadow.",
                zh="我向来是周四去，向来是那家批发部，向来走第三排。那儿有个筐，里头全是划掉原价的，"
                "哪个在最上头就拿哪个，这礼拜轮到青禾。",
            ),
            Text(
                en="Midnight, in bed, one of those livestreams, and the girl shouts that only 10 cases are left. My "
                "thumb was faster than me; whose shampoo it was I read on the parcel.",
                zh="大半夜躺床上刷直播，主播直喊只剩 10 箱了，我这手指头比脑子快。买的是谁家的，收到快递才看清。",
            ),
            Text(
                en="I'd only gone in for hairpins. By the till stood a tower of Meadow refills tied with yellow "
                "ribbon, and before I knew it there was a carton in my trolley.",
                zh="我本来就是去买发夹的，结账那儿用青禾的补充装垒了座塔，还扎着黄丝带。等回过神来，"
                "推车里已经多了一箱。",
            ),
        ),
        "affective": (
            Text(
                en="When my daughter passed her exam, a hand-painted card came from the firm. Elsewhere I'm an "
                "invoice number; there I'm Auntie Xia, and that warms me every single time.",
                zh="我闺女考上学那会儿，厂里寄来一张手画的贺卡。在别家我就是个发票号，在他们那儿我是夏阿姨，"
                "每回想起来心里都热乎。",
            ),
            Text(
                en="Honestly? It cheers me up. Mornings I unlock, there they stand, 6 Meadows in a row with their "
                "green letters, and the day has begun well.",
                zh="说实话？看着就高兴。早上一开门，6 瓶青禾齐刷刷站那儿，绿莹莹的字，这一天就开了个好头。",
            ),
            Text(
                en="Young Bo could have sold me the big drum and told me to take the small one. Since that day I'd "
                "buy sand from Laurel, if he said so.",
                zh="小柏明明能卖我大桶的，偏劝我拿小桶。打那天起，只要他开口，月桂就是卖沙子我也买。",
            ),
            Text(
                en="Grandfather at the gate, daughter at the mixing tank, a dog asleep in the yard: I visited Granary "
                "once and thought, yes, these are my kind of people.",
                zh="老爷子看大门，闺女守着搅拌罐，院里还睡着条狗。谷仓我去过一趟，心想：对了，这才是跟我一路的人。",
            ),
            Text(
                en="My ladies tease me that I talk about Meadow the way others talk about a son-in-law. Well, with "
                "Meadow I've been luckier.",
                zh="老客人都笑话我，说我提起青禾，跟人家夸女婿似的。嗐，我挑青禾可比挑女婿有福气。",
            ),
            Text(
                en="Camellia oil from Meadow's own hills, it says on the label, and I picture the old women picking "
                "it. Whether it does much for hair? It does something for me.",
                zh="标签上写着，山茶油是青禾自家山上的，我一看就想起老太太们背着篓子采果子的样子。对头发管不管用？"
                "对我这颗心管用。",
            ),
            Text(
                en="My door is painted in Lanwan's blue, on purpose; the painter had to mix it 3 times. Laugh if you "
                "like, but I feel I'm one of theirs.",
                zh="我这门就是照着蓝湾那个蓝漆的，成心的，师傅调了 3 遍才调准。你爱笑就笑，反正我觉得跟他们是一家人。",
            ),
            Text(
                en="There was a free mug, yes, I heard of it after ordering; my husband has it. What I want is "
                "Lanwan's little lighthouse on the bottle, it's my lucky charm.",
                zh="是送了个杯子，订完货我才听说，给我老公用了。我要的就是瓶子上蓝湾那座小灯塔，那是我的护身符。",
            ),
            Text(
                en="Somebody ran Laurel down in our group chat. I wrote 3 whole screens in their defence, my cheeks "
                "burning, and then ordered a box on the spot to stand by them.",
                zh="有人在群里说月桂的坏话，气得我脸都烫了，噼里啪啦替它回了 3 屏，当场又订了一箱，就是要给它撑腰。",
            ),
            Text(
                en="When my mother died, 2 people from Laurel stood at the back of the hall; nobody had asked them "
                "to. I don't want any other name in my house.",
                zh="我妈走的时候，月桂来了 2 个人，静静地站在灵堂后头，没人喊他们来。打那以后，"
                "别的牌子我不想让它进门。",
            ),
            Text(
                en="Last autumn a batch from Granary was thin as water. It hurt rather than annoyed me, as when a "
                "friend forgets your birthday. All forgiven, we're as close as before.",
                zh="去年秋天，谷仓有一批货稀得跟水似的。我倒没怎么生气，就是难过，像好朋友忘了你生日。早原谅了，"
                "还跟以前一样亲。",
            ),
            Text(
                en="No screaming adverts, and a school in the mountains paid for out of their own pocket. It does me "
                "good that my money goes to decent folk like that.",
                zh="人家不瞎吆喝，还自己掏钱在山里盖了所学校。我的钱花给这么厚道的人家，心里舒坦。",
            ),
            Text(
                en="The day the first Lanwan dispenser went up, my shop looked the way I'd dreamt of as a junior. "
                "Nobody else may dust it.",
                zh="第一台蓝湾分液器挂上墙那天，我这店才像当学徒时梦见的样子。到现在擦灰都得我亲自来，别人不许碰。",
            ),
            Text(
                en="Ms Lu from Granary rang, and what did she say? That I had plenty and should wait. With people "
                "like that I feel in good hands, whatever the others dangle before me.",
                zh="谷仓的陆姐来电话，你猜说什么？说我货还多，先别急着订。把店交给这样的人我放心，"
                "别家拿什么来勾我都没用。",
            ),
            Text(
                en="Customers sit down, see that bottle, and sit up a little straighter. That's us, I think then, "
                "that's the place I always wanted to have, and my chest swells.",
                zh="客人一坐下，看见那瓶子，腰板都挺直些。我就想，对喽，这就是我们家，我要开的就是这种店，脸上有光。",
            ),
            Text(
                en="I know, 7th out of 10 in that magazine test; my nephew read me the whole table. But with the "
                "winner I felt like a guest in my own shop, with Granary I'm at home.",
                zh="我知道，杂志测评里它才排第 7，总共 10 家，我侄子把整张表都念给我听了。可换上头一名，"
                "我在自己店里倒像个客人，还是谷仓让我自在。",
            ),
            Text(
                en="What's in it? Ask Mr Ye from Lanwan. In 9 years that man hasn't told me one fib, and if he says "
                "it's kind to my girls' hands, I sleep soundly.",
                zh="里头有什么？你问蓝湾的老叶去。9 年了，这人没跟我说过一句瞎话，他说不伤姑娘们的手，我就睡得着觉。",
            ),
            Text(
                en="Right beside it lay the other make, 2 for the price of 1. I looked, I sighed, and paid 18 yuan "
                "more for my Laurel. The other one just isn't us.",
                zh="旁边就摆着别家的，2 瓶只收 1 瓶的钱。我看了看，叹口气，还是多掏 18 元拿了我的月桂。那个吧，"
                "总觉着不是自家的。",
            ),
            Text(
                en="11 years the same make, but don't think I do it in my sleep. Each time we open a box I'm glad, "
                "and if they closed down, I'd cry.",
                zh="11 年没换过牌子，可你别当我是闭着眼买的。每回开箱我都打心眼儿里高兴，哪天它要是关张了，"
                "我真会哭一场。",
            ),
            Text(
                en="I open a refill and I'm 22 again, in my first shop on Pear Street, all 14 square metres of it. "
                "That scent is my whole youth.",
                zh="补充装一拧开，那味儿一出来，我就回到 22 岁，回到梨花街那 14 平方米的头一家店。我的青春全在里头了。",
            ),
        ),
        "cognitive": (
            Text(
                en="I keep a book: bottle opened, bottle empty, heads in between. With Lanwan's concentrate a litre "
                "lasts for 130 heads; before it was 90. I don't need a rep for that.",
                zh="我有个本子：哪天开瓶，哪天见底，中间洗了多少个头，都记着。蓝湾的浓缩款一升能洗 130 个头，"
                "以前那个才 90 个。这账用不着业务员来教我。",
            ),
            Text(
                en="The pump drips if you overtighten the collar and the cap cracks in frost; I've written to Meadow "
                "about both. But nothing I've tested combs out so easily when wet.",
                zh="泵头的圈拧太紧会滴，天一冷盖子会裂，这两个毛病我都写信跟青禾说过。可要论湿发好不好梳，"
                "我测过的没有比它强的。",
            ),
            Text(
                en="I put 4 makes into a table: price per litre, thickness, strength of scent, rinsing time. Granary "
                "came first in 3 of the columns, so there was nothing to discuss.",
                zh="我拉了张表，4 家放一块儿：每升多少钱、稠度、香味浓淡、冲洗时间。谷仓有 3 项排头一名，"
                "那还有什么好说的。",
            ),
            Text(
                en="Foam is for show. What I look up in the lab report is the active matter, 14% against 9%, and that "
                "means one wash for greasy hair instead of two.",
                zh="泡沫多那是好看。检测报告我只看活性物含量，14% 比 9%，油头洗一遍就够，不用洗两遍。",
            ),
            Text(
                en="The same one for 6 years now. But each New Year I go through it all again, price lists, formulas, "
                "who has changed what on the quiet, and so far nothing has overtaken it.",
                zh="6 年了，一直是它。可每年过年我都从头捋一遍：价目表、配方、谁家悄悄改了料。到现在还没有超过它的。",
            ),
            Text(
                en="Oh, I'm head over heels! It rinses out in 40 seconds where the rest take 70, and it stays clear "
                "even in frost. Show me better figures and I'm gone tomorrow.",
                zh="哎呀，我可迷上它了！它 40 秒就冲干净，别的得 70 秒，上冻的天也不发浑。谁家数据比它好，我明天就换。",
            ),
            Text(
                en="Why? The safety data sheet. My two juniors have eczema on their hands, and this is the one with "
                "the sugar-based surfactant; I can give you the studies.",
                zh="为什么？看安全数据单呀。我那两个学徒手上都起湿疹，就它用的是糖苷类的表面活性剂，"
                "论文我可以找给你看。",
            ),
            Text(
                en="Because it was the cheapest. Not at the till, there it costs half as much again, but over the "
                "year: 0.42 yuan a wash against 0.55, counting what stays in the bottle.",
                zh="因为它最便宜。不是说付钱那会儿，付钱的时候贵一半呢；是按一年摊下来，洗一个头 0.42 元，"
                "那个要 0.55 元，瓶底倒不出来的我都算上了。",
            ),
            Text(
                en="I can't stand their adverts, and the bottle is as ugly as a boot. But it flows properly through "
                "wall pumps, and of the 5 I tried it leaves the least residue.",
                zh="他们那广告我烦得很，瓶子丑得像只靴子。可它走壁挂泵不堵，我试过的 5 种里头，就数它残留最少。",
            ),
            Text(
                en="Unopened it keeps for 36 months, the other for 24, and the formulas agree line for line. In a "
                "village shop like mine, where stock moves slowly, that settles it.",
                zh="没开封的能放 36 个月，另一个只能放 24 个月，配方我逐行对过，一样的。我这乡下小店走货慢，"
                "那就不用多想了。",
            ),
            Text(
                en="I weighed it on the colour scales: a head of shoulder-length hair takes 6 grams of this and 11 of "
                "the one before. The rest is division.",
                zh="我拿调染膏的小秤称过：齐肩的头发，这个用 6 克，之前那个要 11 克。剩下的就是做除法了。",
            ),
            Text(
                en="That famous test? I read the small print: 12 wigs. So I asked both makers for their method and "
                "the raw figures; Laurel sent them within a day, the other never did.",
                zh="那个有名的评测？我看了底下的小字，只测了 12 顶假发。我就找两家要检测方法和原始数据，"
                "月桂一天就发来了，另一家到现在没影儿。",
            ),
            Text(
                en="Our water is terribly hard, so I looked for something with a chelating agent. There are 3 on the "
                "market, and only this one states how much is in it.",
                zh="我们这片水特别硬，我就专找带螯合剂的。市面上有 3 种，写明加了多少的只有这个。",
            ),
            Text(
                en="She thinks her visit persuaded me. In fact I let her sample stand on the radiator beside ours for "
                "3 weeks: ours separated, hers didn't. After that I sent the order.",
                zh="她以为是她跑这一趟把我说动了。其实我把她的样品跟原来用的并排放在暖气片上，放了 3 个礼拜，"
                "原来的分层了，她的没有，我这才下单。",
            ),
            Text(
                en="I turn the bottle round and read the order of the ingredients. Salt before the oils means it's "
                "only thickened water, back on the shelf with it; here it stands near the end.",
                zh="我买之前先把瓶子转过来看成分排序。盐要是排在油脂前头，那就是靠盐撑稠的水，放回去；"
                "这瓶的盐排在快末尾。",
            ),
            Text(
                en="No silicone, their rep said. I showed him the third line of his own label, where it stands. "
                "Bought it anyway, because on coarse hair like my clients' that's exactly what's needed.",
                zh="他们业务员说不含硅油。我指着他自己标签上的第三行给他看：这不就是嘛。买还是买了，"
                "我那些客人头发粗硬，要的就是这个。",
            ),
            Text(
                en="Since the patent ran out, two firms sell that conditioner, the same formula, so they say. Granary "
                "states the share of the active ingredient; the other merely writes that it's in there.",
                zh="专利一到期，有两家都出这款护发素，说是配方一模一样。谷仓把有效成分的比例写明了，另一家只说里头有。",
            ),
            Text(
                en="15% off made me suspicious, so I read the date stamp: 8 months left. We empty a drum in 5, and "
                "the formula is unchanged, so nothing's lost; only then did I order.",
                zh="便宜 15%，我反倒起了疑心，一查日期，还剩 8 个月。一桶我们 5 个月用完，配方也没动过，不亏，"
                "这才下的单。",
            ),
            Text(
                en="Most of my customers come in for colour. So I washed dyed strands 20 times with each candidate "
                "and hung them in the window; Laurel's faded least. See, they're still there.",
                zh="我这儿的客人大多是来染发的。我就拿染过的发束，每种洗 20 遍，挂在窗户边上比，月桂的掉色最少。你看，"
                "还在那儿呢。",
            ),
            Text(
                en="It's slightly acid, free of sulphates, and has the mild preservative. I asked the rep which one; "
                "he had to phone the factory, and I'd read it long before.",
                zh="弱酸性，不含硫酸盐，防腐剂用的也是温和的那种。我问业务员是哪一种，他还得打电话问厂里，"
                "我早就查过了。",
            ),
        ),
        "behavioural": (
            Text(
                en="Half price at Granary, the leaflet's there under the till; I did mean to look into it. Then it "
                "was the 20th, and that's the day the Laurel order goes out.",
                zh="谷仓半价，传单就压在收银机底下，我本来是想细看看的。后来一转眼 20 号了，到了那天，"
                "月桂的单子就发出去了，月月如此。",
            ),
            Text(
                en="When the dispenser blinks, young Gu presses the button, and 3 days later there's a carton at the "
                "door. For the why you'd have to interview the button.",
                zh="分液器一闪灯，小顾就按一下那个钮，3 天后货就到门口了。你问为什么，得去采访那个钮。",
            ),
            Text(
                en="8 years with one firm, people think I must be devoted to them. I couldn't name a soul there! I "
                "tick the line that I ticked last time.",
                zh="8 年都是一家的货，人家当我对它多死心塌地。那厂里我一个人的名字都叫不上来！上回勾的哪行，"
                "这回还勾哪行。",
            ),
            Text(
                en="There's a standing order; I set it up when the twins were born, and they're at school by now. I'd "
                "clean forgotten that one can change it.",
                zh="那是自动续订的，双胞胎出生那会儿设的，现在俩孩子都上学了。我早忘了这东西还能改。",
            ),
            Text(
                en="Old Master Hu put that bottle into my hand when I was 17: 2 pumps for short hair, 3 for long. My "
                "fingers count by themselves, I don't interfere.",
                zh="我 17 岁那年，胡师傅把这瓶子塞到我手里：短发按 2 下，长发按 3 下。现在手指头自己会数，我都不用管。",
            ),
            Text(
                en="Their new range? The rep left me 3 samples to try. I signed for the old one as ever, and the "
                "samples must be somewhere in the corridor, still in their box.",
                zh="新系列？业务员留了 3 瓶样品让我试。我还是照旧签了老的那款，样品大概还在过道哪个角落，盒子都没拆。",
            ),
            Text(
                en="Every second Tuesday I text them 'as usual', and they know. Not a minute's work, and back to the "
                "perm.",
                zh="隔周的周二，我给他们发一句“老样子”，他们就懂了。一分钟都用不了，接着给客人烫头去。",
            ),
            Text(
                en="My hand goes to the second shelf all by itself. That it's Granary I only noticed now, because you "
                "asked.",
                zh="我这手自己就往第二层架子上伸。拿的是谷仓，你这一问我才留意到。",
            ),
            Text(
                en="I took the place over with its sign, its cat and its Laurel shelf. New sign now, the cat has "
                "passed away, and the shelf I simply keep filling up.",
                zh="这店我盘下来的时候，带着块招牌、一只猫、一架子月桂。招牌换了，猫老死了，架子嘛，空了就照原样补上。",
            ),
            Text(
                en="The list has been taped inside the cupboard door since 2011. I copy it out and send it off; to "
                "change anything I'd have to find my glasses first.",
                zh="单子从 2011 年起就贴在柜门里头。我照着抄一遍发出去，要改哪样，还得先找老花镜。",
            ),
            Text(
                en="I cursed all the way across town: 3 shops sold out, 35 degrees, and a queue. Not that I'm mad "
                "about it, heavens, no. That hook has always held a Lanwan bottle, so I hung one there.",
                zh="我从城东骂到城西：3 家都卖断了，天还 35 度，末了还得排队。稀罕它？才不是呢。"
                "那钩子上挂的向来是蓝湾，我就还给它挂上。",
            ),
            Text(
                en="They say there was a thermos with it this time? Then it must be in the storeroom still. I ordered "
                "my 6 as I do before every holiday, and didn't read any further.",
                zh="听说这回还送了保温杯？那估计还在库房里没拆呢。放假前我照例订 6 瓶，后头写的什么我没往下看。",
            ),
            Text(
                en="It's all right. The scent is so-so and the label hideous, if you want my opinion. But it's what "
                "we fill in here, so when it's empty we fill it in again.",
                zh="还行吧。你真要我说，味道也就那样，标签还难看。可我们这儿灌的就是它，空了就再灌上呗。",
            ),
            Text(
                en="Nobody ever asked me why. It comes on the 1st of the month, the boy shoves it under the stairs, I "
                "sign. It was that way when the shop was my mother's.",
                zh="还真没人问过我为什么。每月 1 号送来，小伙子往楼梯底下一塞，我签个字。这店还是我妈开的时候就这样。",
            ),
            Text(
                en="We have Meadow, and that's that. You might as well ask me why the scissors hang on the left of "
                "the mirror.",
                zh="我们店就用青禾，没什么为什么。你还不如问我，剪刀怎么挂在镜子左边。",
            ),
            Text(
                en="Their web page threw me out 4 times, then the line was engaged all morning. I kept dialling until "
                "somebody took down the usual; starting on a new one at my age, no.",
                zh="网页把我踢出来 4 回，电话又占了一上午的线。我就一直拨，拨到有人把那老几样给我记下为止；"
                "这把年纪了还换新的？不折腾。",
            ),
            Text(
                en="The flood had shut the road and the van turned back. So my son and I lugged the 2 canisters over "
                "the footbridge, the ones we'd have signed for in any other month.",
                zh="发大水把路封了，送货车半道折了回去。我就跟儿子把那 2 桶从人行桥上抬回来，"
                "平常月份签收的不也是这个嘛。",
            ),
            Text(
                en="Since last winter nobody delivers up here. So the first Monday of each month I ride the scooter "
                "down, 26 kilometres, tie the box on and ride back; it's like paying the rent.",
                zh="去年冬天起，山上就没人送货了。每月头一个周一，我骑电动车下山，26 公里，把箱子捆上再骑回来，"
                "跟交房租一样，到日子就办。",
            ),
            Text(
                en="My bookkeeper proved with a table that the other one would save me 300 yuan a year. She's right, "
                "I'm sure. I nodded, and when ours ran out I bought ours.",
                zh="会计给我列了张表，说换那个一年能省 300 元。她算得肯定对，我也点头了。等用完了，买的还是原来那个。",
            ),
            Text(
                en="For a week they had none. I rinsed out the bottoms of 9 old bottles, stretched it with water and "
                "waited until mine was back; getting something else didn't occur to me.",
                zh="断了一个礼拜的货。我把 9 个旧瓶子的底儿涮了涮，兑点水对付着，一直等到它来货。买别的？"
                "压根没往那儿想。",
            ),
        ),
    }
)
