"""Notes of Lanwan's account managers about salon owners, each about one of the five traits of a good customer.

Written for coding practice: a careful reader can tell which trait a note is about, though no note names it. Of the 24
notes on a trait, the first 16 show that it is there and the last 8 that it is not. People and events are made up.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from crmlab.core.text import Text

#: Trait -> its 24 notes: 16 that show it, then 8 that show its absence.
VIGNETTES: Mapping[str, tuple[Text, ...]] = MappingProxyType(
    {
        "urgent_need": (
            Text(
                en="Opens in 9 days and the wash area is still bare tiles. She asked me, quite seriously, whether our "
                "fitter works on Sundays.",
                zh="还有 9 天就开业，洗头区还是光秃秃的瓷砖。她很认真地问我：你们的安装师傅周日上不上班？",
            ),
            Text(
                en="Mr Tang's pumps gave up in the middle of the weekend rush. The juniors now carry shampoo around "
                "in soup bowls.",
                zh="唐老板的泵头在周末最忙的时候罢了工，学徒们现在端着汤碗给客人送洗发水。",
            ),
            Text(
                en="The last bottle of conditioner was opened this morning, and 14 bridal trials are in the book for "
                "tomorrow.",
                zh="最后一瓶护发素今早已经开封，明天的预约本上还排着 14 位试妆的新娘。",
            ),
            Text(
                en="Big, busy salon on the square. All Ms Fang talked about was the leaking pumps: customers skate on "
                "the floor and have started to walk out.",
                zh="广场边的大店，生意红火。方姐从头到尾只讲分液器漏液：客人在地上直打滑，已经有人掉头走了。",
            ),
            Text(
                en="Hygiene inspection on the 18th of this month, open bottles now forbidden, and nothing hangs on "
                "her walls yet.",
                zh="本月 18 日卫生检查，敞口瓶不让再用，她店里的墙上还什么都没挂。",
            ),
            Text(
                en="He phoned from the taxi, from the lift, then from our reception: could he take the showroom "
                "dispensers home today, screws included?",
                zh="出租车上打来，电梯里打来，到了我们前台还在打：展厅里的分液器，今天能不能连螺丝都让他带走？",
            ),
            Text(
                en="3 litres of shampoo run down the drain every day. It keeps Mr Peng awake, and he wants it stopped "
                "before the weekend.",
                zh="每天 3 升洗发水白白流进下水道，彭老板心疼得睡不着，要求周末之前一定止住。",
            ),
            Text(
                en="His former supplier closed without a word; the shelves are empty and he is borrowing shampoo from "
                "the shop across the street.",
                zh="原来的供应商一声不吭关了门，他的货架空了，眼下靠找对街的店借洗发水撑着。",
            ),
            Text(
                en="She begged for delivery before the evening shift: the stylists are down to sample sachets, and a "
                "coach full of wedding guests is on its way.",
                zh="她求我们赶在晚班前送到：发型师手里只剩试用小袋，满车的婚礼宾客已经在路上了。",
            ),
            Text(
                en="New branch opens on the 1st. Tiles drilled, hooks in, staff hired; the walls are waiting for us "
                "and nobody else.",
                zh="新店下月 1 日开业。瓷砖打好了孔，挂钩上了，人也招了，墙上就等我们的分液器。",
            ),
            Text(
                en="Her landlord takes the storeroom back on Friday and the crates of loose bottles have nowhere to "
                "go. Everything must hang on the wall by then.",
                zh="房东周五收回库房，成箱的散瓶没处放。她说在那之前，统统都得上墙。",
            ),
            Text(
                en="Mall management ordered every glass bottle off the shelves by closing time. He rang me before "
                "finishing his breakfast.",
                zh="商场下了通知，今天打烊前要把玻璃瓶全部撤下架，他早饭没吃完就给我打了电话。",
            ),
            Text(
                en="Ms Qiu orders 60 refills a month elsewhere, but that truck is stuck in the snow and she has 2 "
                "left. Can we bridge tonight?",
                zh="邱姐平时每月在别家订 60 瓶补充装，可那辆货车困在雪里，她手头只剩 2 瓶。今晚能不能先替她顶上？",
            ),
            Text(
                en="At 5 o'clock the wash queue stood out on the pavement because refilling stops everything. Install "
                "this week, he pleaded, even at midnight.",
                zh="下午 5 点，等洗头的队排到了人行道上，因为一加液就全停。他央求这周就装，深更半夜来也行。",
            ),
            Text(
                en="A theatre troupe brings a mountain of wigs to be washed tomorrow, and there isn't a drop of "
                "shampoo in the house.",
                zh="明天剧团要送来堆成山的假发让她洗，店里的洗发水却一滴不剩。",
            ),
            Text(
                en="Coffee poured, drill charged, stylists called in on their day off: all 8 dispensers have to hang "
                "before tomorrow's opening party.",
                zh="咖啡倒好，电钻充满，休息的发型师也叫了回来：8 台分液器必须赶在明天的开业酒会前全部挂好。",
            ),
            Text(
                en="Friendly chat, excellent tea. Her storeroom holds refills for another 11 months, so nothing is "
                "about to happen.",
                zh="聊得愉快，茶也好喝。她库房里的补充装还够用 11 个月，眼下不会有什么动静。",
            ),
            Text(
                en="Mr Luo finds our dispensers pretty. His bottles do the job just as well, he says, and perhaps "
                "some day we shall see.",
                zh="罗老板觉得我们的分液器挺好看。不过他说现在的瓶子一样好使，以后再看吧。",
            ),
            Text(
                en="Lovely car outside, brand-new pumps inside. Everything works perfectly, so there was nothing for "
                "me to fix.",
                zh="门口停着好车，店里是崭新的分液器，样样好使，我没什么可帮忙的。",
            ),
            Text(
                en="Renovation moved to next year for the 3rd time. Until then no samples, please; the cupboard door "
                "won't close any more.",
                zh="装修第 3 次推到明年。她说在那之前样品也别送了，柜门都关不上了。",
            ),
            Text(
                en="Asked about dispensers purely to pass the time while the kettle heated. When the water boiled, "
                "the subject was dropped.",
                zh="等水烧开的工夫，随口问了问分液器。水一开，这个话题就没了。",
            ),
            Text(
                en="Reads all our mails and waters the plant I gave her. But her 2 basins are hardly used, and she is "
                "in no hurry.",
                zh="我们的邮件她每封都看，我送的绿植也天天浇。可她那 2 个洗头盆难得用上，说一点儿不赶。",
            ),
            Text(
                en="He cuts dry hair only and sends everybody home to wash. Where dispensers would hang, he hangs his "
                "bicycle collection.",
                zh="他只剪干发，洗头请客人回家洗。本该挂分液器的墙上，挂的是他收藏的自行车。",
            ),
            Text(
                en="Cheerfully promised us a decision when the metro exit opens, in 2 years. Until then the old "
                "bottles suit her fine.",
                zh="她笑着答应，等地铁口 2 年后开通就给我们准信。在那之前，旧瓶子她用着挺好。",
            ),
        ),
        "buying_power": (
            Text(
                en="Mr Shen looked at the total, 12,800 yuan, and asked whether the chrome version was dearer. It "
                "was, so he took the chrome.",
                zh="沈老板看了看合计，12,800 元，问镀铬款是不是更贵。是更贵，他就要了镀铬款。",
            ),
            Text(
                en="She skipped the discount page in my folder: whoever counts coins, she said, ends up on wobbly "
                "chairs.",
                zh="翻到我资料夹里的优惠页，她直接跳过，说老抠着硬币不放的人，到头来坐的都是摇摇晃晃的椅子。",
            ),
            Text(
                en="Has just put 900,000 yuan of her own savings into marble basins. Dispensers, she says, are not "
                "where she starts saving.",
                zh="刚拿自己的积蓄花 900,000 元装了大理石洗头盆。她说，要省也不能从分液器省起。",
            ),
            Text(
                en="I apologised for the supplement on scented refills. He laughed: the tea we were drinking comes to "
                "more than that.",
                zh="香型补充装要加钱，我先道了个歉。他笑了：咱们喝的这壶茶都不止这点。",
            ),
            Text(
                en="Opened the quote, said fine, closed it. The other 40 minutes went into choosing the colour of the "
                "bottles.",
                zh="打开报价单，说声行，合上了。剩下的 40 分钟全花在挑瓶子颜色上。",
            ),
            Text(
                en="A rival's leaflet for much cheaper refills lay on the counter. What are a few coins, she "
                "shrugged, and put her tea on it.",
                zh="柜台上有张别家的传单，补充装便宜一大截。她耸耸肩说，差那几个硬币算什么，顺手把茶杯搁了上去。",
            ),
            Text(
                en="Charges 880 yuan a cut, is booked out, and wants our finest range whatever the tag says.",
                zh="剪个头收 880 元，还约不上。要我们最好的系列，标签上写多少都行。",
            ),
            Text(
                en="From the samples Ms Du kept the dearest, and told her bookkeeper to stop circling the amount in "
                "red.",
                zh="杜姐从样品里留下最贵的那款，还叫会计别再拿红笔圈金额。",
            ),
            Text(
                en="Last month we went up by 6%. He hadn't noticed, although he initials every invoice with a "
                "fountain pen.",
                zh="上个月我们涨了 6%。他没察觉，虽说每张发票他都用钢笔签字。",
            ),
            Text(
                en="Peeling sign, dim side lane. Yet the till never rests, and the premium range went into the order "
                "before I could say what it comes to.",
                zh="招牌掉漆，巷子昏暗。可收银机没停过，我还没报数，高端系列就写进了订单。",
            ),
            Text(
                en="Brass dispensers for all 24 basins, please. That adds 300 yuan apiece; her eyebrows did not move.",
                zh="24 个洗头盆，全配黄铜分液器。每台多 300 元，她眉毛都没动一下。",
            ),
            Text(
                en="Good season or dull season, the product budget stays as generous as ever. Shampoo money, Mr Wei "
                "says, is as sacred as wages.",
                zh="旺季也好淡季也罢，进产品的预算照样宽裕。魏老板说，买洗发水的钱跟工资一样，谁也不许动。",
            ),
            Text(
                en="A fine profit in all 5 branches, so he moves every wall from our basic refills to the best we "
                "make.",
                zh="5 家分店都赚得不错，所以他把每面墙上的基础款补充装全换成我们最好的。",
            ),
            Text(
                en="He grumbled for ages, though not about the bill: cheap bottles look cheap, and could we please "
                "bring out something more expensive?",
                zh="他埋怨了好一阵子，倒不是嫌贵：便宜的瓶子一看就便宜，你们能不能出点更贵的？",
            ),
            Text(
                en="Ms Yao knows the neighbours get a discount and never asks for it. Good shampoo fills the chairs, "
                "and full chairs fill the till.",
                zh="姚姐知道邻居们有折扣，却从来不提。她说，洗发水好，椅子就坐得满；椅子坐满了，钱箱也就满了。",
            ),
            Text(
                en="We met at a law office, where he was paying 2,000,000 yuan in full for the shop next door. On the "
                "way out he ordered gold-plated dispensers.",
                zh="我们是在律师事务所碰的面，他正付清 2,000,000 元买下隔壁铺面。出门时，又顺手订了镀金的分液器。",
            ),
            Text(
                en="Put us in a spreadsheet with 7 other suppliers and struck us out over 2 yuan a bottle.",
                zh="把我们和另外 7 家供应商列进表格，每瓶差 2 元，就把我们划掉了。",
            ),
            Text(
                en="Loves the scent, loves the look. Then she turned her purse upside down over the counter, and only "
                "hairpins fell out.",
                zh="香味喜欢，样子也喜欢。然后她把钱包倒过来往柜台上抖了抖，只掉出些发夹。",
            ),
            Text(
                en="Everything he can spend on products is 150 yuan a month. Our starter pack alone would swallow his "
                "whole spring.",
                zh="他每月能花在产品上的钱总共 150 元，光我们的入门装就能吃掉他整个春天。",
            ),
            Text(
                en="Smart marble front, left behind by the previous tenant. Inside he waters down supermarket "
                "shampoo, because anything else is too dear.",
                zh="大理石门面很气派，是前任租客留下的。店里用的是兑了水的超市洗发水，因为别的他都嫌贵。",
            ),
            Text(
                en="Sent me a charming birthday card. That same week he cut his order because refills had gone up by "
                "1 yuan.",
                zh="给我寄了张很暖心的生日贺卡。同一周，补充装才涨了 1 元，他就减了订货。",
            ),
            Text(
                en="Ms Jin haggled over the screws. She got to the dispensers later, and to the paper bag after that.",
                zh="金姐先为螺丝砍价，砍完才轮到分液器，再往后是装货的纸袋。",
            ),
            Text(
                en="Will take our refills the very minute they are the cheapest in town, and keeps a chart on the "
                "fridge to check.",
                zh="她说我们的补充装哪天成了全城最便宜的，当场就买，还在冰箱上贴了张表天天比对。",
            ),
            Text(
                en="Admired the 480 yuan set from every side, then asked what the empty bottle alone would come to.",
                zh="那套 480 元的，他前后左右看了个遍，然后问：光要个空瓶多少钱？",
            ),
        ),
        "low_cost_to_serve": (
            Text(
                en="Every 4 weeks the same list comes in through our web page. I have not heard Ms Liu's voice since "
                "spring.",
                zh="每 4 周从网页下单，清单总是那张。开春以后，我就没听过刘姐的声音。",
            ),
            Text(
                en="He reads instructions! Hung the dispensers himself and mailed me a picture with a spirit level in "
                "it.",
                zh="他居然看说明书！分液器自己挂好了，还发来照片，水平尺也在里面。",
            ),
            Text(
                en="Our driver backs up to her ramp, rolls in 20 crates and is gone before the tea has brewed.",
                zh="司机把车倒到她店的坡道前，推进去 20 箱，茶还没泡开人就走了。",
            ),
            Text(
                en="When a pump sticks, the apprentice rinses it in warm water, and I hear of it months later, as a "
                "joke.",
                zh="泵头卡了，学徒拿温水冲冲就好。过了几个月我才听说，还是当笑话讲的。",
            ),
            Text(
                en="Talks to me for hours at the trade fair. Back home it is the standard bottle, the standard box, "
                "and not a call all year.",
                zh="展会上能跟我聊个没完。回到店里，标准瓶，标准箱，全年不来电话。",
            ),
            Text(
                en="All 3 branches fetch their refills from our depot with the salon's own van, so our trucks drive "
                "past them.",
                zh="3 家分店都开自己的车来我们仓库提货，我们的货车从他们门口过都不用停。",
            ),
            Text(
                en="The shop stands opposite our warehouse; our trainee wheels the boxes over while the traffic light "
                "is green.",
                zh="店就在我们仓库对面，绿灯亮的工夫，实习生就把货推过去了。",
            ),
            Text(
                en="In 2 years Mr Han has complained about nothing except our invoice, which was so tidy that he lost "
                "it on his desk.",
                zh="2 年来韩老板只抱怨过我们的发票：太整齐，往桌上一放就找不着。",
            ),
            Text(
                en="She looks at the help page, then the manual, then the bottle. Only after that would she phone, "
                "and it hasn't come to that.",
                zh="她先查帮助页，再翻说明书，再看瓶身，都不行才会打电话，可至今没走到那步。",
            ),
            Text(
                en="Only 6 chairs, but no special labels, no changed dates, no calls: the box goes out and that is "
                "that.",
                zh="才 6 把椅子，可不要特制标签，不改日期，也不来电话：货发出去就完事了。",
            ),
            Text(
                en="Whatever day our van is in the district suits him, and the night porter signs for the goods.",
                zh="我们的车哪天顺路就哪天送，他都行，夜班门卫替他签收。",
            ),
            Text(
                en="Taught her 10 juniors from our video, without me in the room. Not a drop has been spilled since.",
                zh="她拿我们的视频教会了 10 名学徒，我都不在场。从那以后，洗发水没洒过。",
            ),
            Text(
                en="Customised labels, engraved pumps? A bottle is a bottle, Mr Gao says, ticks the standard line and "
                "goes back to cutting.",
                zh="特制标签？泵头刻字？高老板说瓶子就是瓶子，在标准款那行打个勾，接着剪头发去了。",
            ),
            Text(
                en="Famous for her fussy guests. To us she is the easiest name on my list: clicks, receives, refills, "
                "never a question.",
                zh="她家客人出了名的难伺候。到了我们这儿，她却是名单上最省心的：下单、收货、加液，从来没有疑问。",
            ),
            Text(
                en="Matching our records with his took me 5 minutes last year, biscuits included. Mr Xie had prepared "
                "everything.",
                zh="去年跟谢老板对账，连吃饼干在内只花了我 5 分钟，他早就全理好了。",
            ),
            Text(
                en="Moved to a bigger place without asking us for a hand: unscrewed 16 dispensers, rehung them and "
                "changed the delivery address online.",
                zh="搬去更大的店面，没让我们搭把手：16 台分液器自己拆、自己装，送货地址也在网上改好了。",
            ),
            Text(
                en="She called me 9 times this week, the last time to ask whether I had received the other calls.",
                zh="她这周给我打了 9 个电话，最后那个是问前面的我接到没有。",
            ),
            Text(
                en="Orders by the bottle, to be carried up a staircase without a lift, during lunch break and at no "
                "other hour.",
                zh="总是几瓶几瓶地零订，要人扛上没有电梯的楼，还只收午休那会儿送到的。",
            ),
            Text(
                en="The labels came back for the 5th time. Our blue, Ms Song feels, is still not the blue of her door.",
                zh="标签第 5 次退了回来。宋姐觉得，我们的蓝还不是她店门的那种蓝。",
            ),
            Text(
                en="Charming host, best dumplings in town. I taste them often, since he calls me over whenever a "
                "dispenser has run empty.",
                zh="主人热情，饺子全城最香。我常去吃，因为分液器空了他就叫我过去加。",
            ),
            Text(
                en="Orders 70 bottles a month and sends 30 back, opened, in the wrong boxes, with a poem.",
                zh="每月订 70 瓶，退回 30 瓶，都开了封，箱子也装错了，还附诗一首。",
            ),
            Text(
                en="Each delivery must be announced by phone, confirmed by mail and, as soon as the van is at the "
                "door, moved to another day.",
                zh="每次送货，要先电话通知，再邮件确认，等车到了门口，又要改天。",
            ),
            Text(
                en="He rings at night to have the manual read to him. We have reached the chapter on cleaning, again.",
                zh="他夜里来电，要我把说明书念给他听。清洁那章，我们又念到了。",
            ),
            Text(
                en="Wonderful view from his salon, 45 km up in the hills. We enjoy it every week, delivering a carton "
                "that fits in a backpack.",
                zh="他的店开在 45 公里外的山上，风景绝佳。我们每周都去欣赏，送的那点货背包就装得下。",
            ),
        ),
        "small_risk": (
            Text(
                en="Of 31 invoices none has been a day late. The bank could set its clock by Ms Zheng.",
                zh="31 张发票，没有哪张晚付过一天，银行都能拿郑姐对表。",
            ),
            Text(
                en="Unasked, he showed me the licence, the lease and the tax receipts, in a folder with coloured tabs.",
                zh="没等我问，他就拿出了执照、租约和完税凭证，文件夹里还贴着彩色标签。",
            ),
            Text(
                en="Signed and stamped: the lease on his shop runs for another 8 years. I held the original in my "
                "hands.",
                zh="白纸黑字盖了章：他店面的租约还有 8 年到期，原件我拿在手里看过。",
            ),
            Text(
                en="Before we hung anything she left a deposit for the dispensers, so even if all goes wrong we lose "
                "nothing.",
                zh="分液器还没挂，她就先交了押金，哪怕真出了事，我们也不会亏。",
            ),
            Text(
                en="Young shop, thin records. But her sister's trading firm vouches in writing for everything she "
                "owes us, up to 20,000 yuan.",
                zh="新店，没多少往来记录。不过她姐姐的贸易公司书面担保，她欠我们的货款在 20,000 元以内全由公司兜底。",
            ),
            Text(
                en="Late because of the holidays? Not Mr Cao: he transferred what he owed from the airport, before "
                "boarding.",
                zh="因为放假就拖款？曹老板不会：登机前他还在机场把欠款转了过来。",
            ),
            Text(
                en="Turned down a credit line beyond 5,000 yuan. She never wants to owe us more than her till takes "
                "in a week.",
                zh="我们想给她更高的赊账额度，她只要 5,000 元，说欠我们的钱绝不能超过店里一周的进账。",
            ),
            Text(
                en="He writes what he owes us on the mirror, to the yuan, and wipes it off on the due date.",
                zh="欠我们多少，他分文不差地写在镜子上，到期那天付清擦掉。",
            ),
            Text(
                en="After the flood the insurer paid within 12 days, and he paid us right on the due date. Even our "
                "dispensers were on the policy.",
                zh="店里进水之后，保险公司 12 天就赔了，他也按到期日付了我们。连我们的分液器都写在保单里。",
            ),
            Text(
                en="Ms Ding told us herself, well ahead, that the street would be dug up, and paid for the dusty "
                "months in advance.",
                zh="丁姐早早主动告诉我们门前要挖路，还把尘土飞扬那几个月的货款提前付了。",
            ),
            Text(
                en="I asked around among the other firms he owes: 6 out of 6 say his money comes when he says it "
                "comes.",
                zh="我向别的赊货给他的厂商打听，问了 6 家，6 家都说：他讲哪天付，就是哪天付。",
            ),
            Text(
                en="Gloomy about business, as always. But the books are audited, there is no debt, and he has yet to "
                "overstep our terms.",
                zh="他照例唉声叹气，说生意难做。可账目经过审计，没有负债，我们给的账期也从没超过。",
            ),
            Text(
                en="She earns from hair, nails, an academy and a car park, so a dull season in any of them never "
                "reaches our invoice.",
                zh="美发、美甲、培训、停车场，她样样有进账，哪样遇上淡季，都拖累不到我们的货款。",
            ),
            Text(
                en="He takes 4 bottles at a time, and the money is in our account before the parcel leaves the house.",
                zh="他每次只要 4 瓶，可包裹还没出门，钱已经到账了。",
            ),
            Text(
                en="Checked the court register and the chamber: no lawsuits, no unpaid wages, merely an award for "
                "punctual tax returns.",
                zh="查了法院记录，也问了商会：没有官司，不欠工资，倒是有张按时报税的奖状。",
            ),
            Text(
                en="The merger of his mall worries him, so Mr Bai had his bank guarantee the whole 10,000 yuan that "
                "he owes us.",
                zh="商场要合并，白老板心里不踏实，就请银行给我们开了保函，欠的 10,000 元全在里面。",
            ),
            Text(
                en="The rent is 3 months behind, and the padlock on the door is newer than his explanation.",
                zh="房租欠了 3 个月，门上那把挂锁比他的说法还新。",
            ),
            Text(
                en="The company that signed our form was dissolved in spring. Just write a new name on it, the owner "
                "suggested.",
                zh="当初在我们单子上盖章的公司，春天就注销了。老板说，换个名字写上去不就行了。",
            ),
            Text(
                en="Our money was to come on the 5th, then on the 15th, then after the festival. She didn't say which "
                "festival.",
                zh="货款先说 5 日付，后来说 15 日，再后来说过完节付，没说是哪个节。",
            ),
            Text(
                en="Poured me excellent wine under a chandelier. At the door I met a court officer, who already knew "
                "where the till was.",
                zh="水晶吊灯下，他请我喝好酒。出门碰上法院的执行人员，人家连收银台在哪儿都熟门熟路。",
            ),
            Text(
                en="Asks for 400 refills at once, all on account, for a shop that got its new name 2 weeks ago and "
                "won't tell us the old.",
                zh="张口就要 400 瓶补充装，全部赊账，而店名是 2 周前才改的，原来叫什么又不肯说。",
            ),
            Text(
                en="Found our dispensers at the flea market, still wearing her salon's stickers. The bill for them is "
                "still open.",
                zh="在跳蚤市场看见了我们的分液器，上面还贴着她店里的贴纸，货款却还没付。",
            ),
            Text(
                en="All his customers come from the factory next door, and the factory has begun to carry its "
                "machines out.",
                zh="他的客人全靠隔壁那家工厂，而工厂已经开始往外搬机器了。",
            ),
            Text(
                en="Swears that we are family, and that among friends paperwork is rude. The 7,500 yuan have been due "
                "since autumn.",
                zh="他口口声声说是自家人，朋友之间写字据多见外。那 7,500 元，秋天就该付了。",
            ),
        ),
        "lasting_relation": (
            Text(
                en="Ms Jiang proposed a 5-year agreement before I had unpacked the samples, so that we could plan "
                "together.",
                zh="样品还没拆，江姐就提出签 5 年的协议，好让双方坐下来做规划。",
            ),
            Text(
                en="He put our fitter into the salon's team photo, between the stylists and the dog. Part of the "
                "family for good, he says.",
                zh="他把我们的安装师傅拉进了店里的合影，站在发型师和狗之间，说以后都是自家人。",
            ),
            Text(
                en="As in the past 4 years, she wants to try out the new scents with us next spring, and every spring "
                "after.",
                zh="跟过去 4 年一样，明年春天她还要跟我们试新香型，往后年年春天都要。",
            ),
            Text(
                en="Mr Feng offered us his booking data, so that we can learn from it together, season after season.",
                zh="冯老板主动把预约数据给我们看，说往后每个季节都凑在一块儿琢磨琢磨。",
            ),
            Text(
                en="A rival undercut us by 15%. She showed me the letter, said partners don't part over that, and "
                "opened next year's calendar.",
                zh="有家同行报得比我们低 15%。她把来信给我看，说合作伙伴不会为这点事散伙，接着翻开了明年的日历。",
            ),
            Text(
                en="Over dinner he introduced the nephew who will take over, and made him promise to stay with us.",
                zh="吃饭时他介绍了要接班的侄子，当着我的面让侄子保证，以后还跟我们合作。",
            ),
            Text(
                en="Wants Lanwan at the table for each of her next 2 branches, from the earliest sketch of the wash "
                "area.",
                zh="接下来的 2 家分店，她都要蓝湾坐到桌前，从洗头区的草图开始就参与。",
            ),
            Text(
                en="We botched a delivery. Friends may have a stupid week, he said, and suggested that we meet every "
                "quarter from now on.",
                zh="我们把货送砸了。他说老朋友难免有糊涂的时候，还提议往后每个季度都见见面。",
            ),
            Text(
                en="She has sent 3 stylists to our workshop every year. From now on she would like to host it, for as "
                "many years as we wish.",
                zh="她每年派 3 名发型师来参加我们的培训班。往后她想在自己店里办，我们想办多少年就办多少年。",
            ),
            Text(
                en="Behind the shop Mr Qin planted a tree with us. It is to be measured at every renewal of the "
                "contract.",
                zh="秦老板在店后面跟我们种了棵树，说以后每次续约都来量量它长了多高。",
            ),
            Text(
                en="The order book stayed shut. He wanted to talk about the next 10 years: his shop, our recipes, "
                "what we could invent side by side.",
                zh="订货本没打开。他想聊的是今后 10 年：他的店，我们的配方，还有能并肩发明点什么。",
            ),
            Text(
                en="Joined our advisory circle and argues about every new bottle. A rival offered her a seat too; she "
                "belongs with us, she told them.",
                zh="她进了我们的顾问团，每出新瓶都要争论。对手也请她去，她回话说，自己是蓝湾这边的人。",
            ),
            Text(
                en="Brought 4 neighbours to our open day, poured the tea herself and told them why she means to stay "
                "with us.",
                zh="我们的开放日，她带来 4 位邻居，亲手倒茶，跟他们讲自己为什么打算在蓝湾扎根。",
            ),
            Text(
                en="Had our name carved beside his on the stone at the entrance. Paint, he says, is for suppliers who "
                "come and go.",
                zh="他在门口的石牌上，把我们的名字刻在自己名字旁边，说油漆是写给来来去去的供应商的。",
            ),
            Text(
                en="Ms Lei asked what she could do better as our partner, wrote it all down, and wants to compare "
                "again every autumn.",
                zh="雷姐问，作为合作伙伴她还有哪里能做得更好，逐条记了下来，说以后每年秋天都要对照对照。",
            ),
            Text(
                en="The mall let her choose afresh among 8 suppliers. She skipped the tender: she and Lanwan mean to "
                "grow old together.",
                zh="商场让她在 8 家供应商里重新挑，她没参加比选，说自己要跟蓝湾走到头发白。",
            ),
            Text(
                en="He has had 6 suppliers in 3 years and speaks of them the way others speak of lost umbrellas.",
                zh="3 年里换了 6 家供应商，他说起人家，就像别人说起丢掉的雨伞。",
            ),
            Text(
                en="This order and then goodbye, she said kindly. Somebody new every season, she finds, keeps "
                "business fresh.",
                zh="她客客气气地说，这单做完就再见。每季都换人合作，她觉得这样才有新鲜劲儿。",
            ),
            Text(
                en="The 1-year agreement, the club, even my business card: all refused. No ties, he says, only "
                "today's box.",
                zh="1 年的协议不签，会员不入，连名片都不收。他说不想有牵扯，买完今天这箱就算。",
            ),
            Text(
                en="Let us train her whole team for free, thanked us warmly, and moved on to the next supplier with a "
                "course.",
                zh="她让我们把全店人免费培训了个遍，热情道谢，转身就去了另外那家也有课听的供应商。",
            ),
            Text(
                en="Entered our club for the welcome gift, left, and rejoined in the name of his cat. That makes 3 "
                "gifts and no repeat order.",
                zh="他为了迎新礼入会，退了，又用猫的名字再入。礼品拿了 3 份，回头单没有。",
            ),
            Text(
                en="Before each order Mr Meng flips a coin between us and the others. He is very fair about it.",
                zh="每次订货前，孟老板都抛硬币决定选我们还是选别家。他抛得还挺公道。",
            ),
            Text(
                en="Praised everything, even in public, then explained that she changes suppliers on principle, so "
                "that nobody feels at home.",
                zh="她样样都夸，当着外人也夸，然后解释说，换供应商是她的原则，免得谁把这儿当自己家。",
            ),
            Text(
                en="Neither a partner nor a plan, he told me, just 10 bottles today from whoever happens to walk past.",
                zh="他跟我说，不要伙伴，也不要规划，今天谁碰巧路过，就跟谁拿 10 瓶。",
            ),
        ),
    }
)
