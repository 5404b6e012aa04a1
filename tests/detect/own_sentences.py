"""Sentences written for this test, with what each is: invented shops, many trades, every kind, and traps."""

from __future__ import annotations

from app.core.verdict import Kind

_POLISH = {
    Kind.COMPLAINT: """
Paczka miała być we wtorek, jest piątek i dalej nic.
Trzeci raz dzwonię do waszego serwisu i nikt nie odbiera.
Kupiłem u was rower, po tygodniu pękła rama, a reklamację odrzucono.
Chleb z wczoraj był spleśniały, a pani za ladą tylko wzruszyła ramionami.
Proszę o zwrot pieniędzy za zamówienie 4417, czekam już od trzech tygodni.
Najgorsza obsługa w mieście, omijajcie szerokim łukiem.
Nie polecam tego warsztatu, auto wróciło bardziej zepsute niż przed naprawą.
Zapłaciłam za express, a kurier przyjechał po sześciu dniach.
Fatalna obsługa, pani przy kasie była bardzo nieuprzejma.
Dlaczego nie odpisujecie na maile?
Kiedy wreszcie oddacie mi pieniądze za odwołany kurs?
Tort był piękny, ale w środku surowy, musieliśmy go wyrzucić.
W zupie znalazłam włos, a kelner się zaśmiał.
Buty rozkleiły się po dwóch dniach, szkoda pieniędzy.
Nigdy więcej nie zamówię u nich kwiatów, zwiędły tego samego dnia.
Dostałem nie ten rozmiar i teraz mam sam płacić za odesłanie.
Oszuści, wzięli zaliczkę i przestali odbierać telefon.
Po obiedzie u nich cała rodzina miała zatrucie, zgłaszam sprawę do sanepidu.
Fryzjerka spaliła mi włosy i jeszcze kazała dopłacić.
Pralka po naprawie przecieka gorzej niż przedtem.
Bardzo proszę o sprawdzenie, bo w przesyłce brakowało dwóch kubków.
Szanowni Państwo, niestety zamówiony stół przyszedł z porysowanym blatem.
Z przykrością informuję, że usługa została wykonana niestarannie.
Jestem bardzo rozczarowana, sukienka wygląda inaczej niż na zdjęciu.
Żenada. Godzina czekania na zimną pizzę.
Naliczyliście mi podwójną opłatę za ten sam przegląd.
Mechanik skasował 900 zł i nic nie naprawił.
nie dziala wasza strona, nie moge zlozyc zamowienia
ile mozna czekac na jedna glupia paczke
zero kontaktu od dwoch tygodni, masakra
Kawa zimna, ciasto suche, obsługa obrażona na cały świat.
No brawo, drugi raz zgubiliście moją koszulę w pralni.
Gratuluję podejścia do klienta, już do was nie wrócę.
Dzięki za zmarnowany urlop, biuro podróży marzeń.
Umówiłem wizytę na 10, przyjęto mnie o 12 bez słowa przepraszam.
Dentysta złamał mi ząb i udaje, że nic się nie stało.
Sprzedawca kłamał, że telefon jest nowy, a był używany.
Zepsuta klimatyzacja w pokoju, recepcja nas zignorowała.
Odwołali moją wizytę godzinę przed terminem, bez wyjaśnienia.
Myślałem, że to dobry sklep, a potraktowali mnie jak intruza.
Jedzenie może i dobre, ale brud na stolikach odbiera apetyt.
Zamówienie niekompletne, infolinia milczy, a pieniądze pobrane.
Skandal!!! Dziecko skaleczyło się o wasz regał!
Oddam sprawę do rzecznika konsumentów, jeśli nie zwrócicie kaucji.
Regał przyszedł bez śrub i z uszkodzoną ścianką.
Nie mogę się do was dodzwonić od poniedziałku.
Drogo, długo i byle jak.
Krawcowa zepsuła mi płaszcz i nie chce oddać za materiał.
Karma dla psa była przeterminowana o pół roku.
Pan w okienku krzyczał na moją mamę.
😡😡😡
👎
Wasza aplikacja ciągle się zawiesza, da się to naprawić?
Proszę wyjaśnić, czemu zapłaciłem dwa razy za to samo zamówienie.
Sprzęt padł miesiąc po gwarancji, naprawa droższa niż nowy, bubel.
Kot po strzyżeniu w tym salonie ma ranę na brzuchu, skandaliczne podejście.
""",
    Kind.QUESTION: """
Czy macie jeszcze bilety na sobotni warsztat?
O której jutro otwieracie?
Ile kosztuje wymiana opon w małym aucie?
Czy można u was płacić kartą?
Gdzie jest najbliższy parking?
Czy robicie torty bezglutenowe?
Jak długo czeka się na termin do fryzjera?
Macie w sprzedaży żytni chleb na zakwasie?
Czy dostawa do Gdyni jest możliwa?
Do której w sobotę czynne?
Czy ten model jest dostępny w kolorze niebieskim?
Czy do roweru dodajecie pompkę?
Dzień dobry, mam pytanie o godziny otwarcia w święta.
Czy ktoś wie, czy piekarnia na rogu działa w niedzielę?
Jaka jest cena strzyżenia męskiego?
Czy psy mogą wejść do kawiarni?
Jak mogę zapisać się na kurs ceramiki?
czy jest mozliwosc odbioru osobistego?
Kiedy będą nowe sadzonki pomidorów?
Czy trzeba rezerwować stolik?
Proszę o informację, czy naprawiacie ekspresy do kawy.
Jakie są koszty wysyłki za granicę?
""",
    Kind.PRAISE: """
Najlepszy chleb w całej dzielnicy, polecam każdemu.
Super obsługa, wszystko załatwione w pięć minut.
Dziękuję za szybką dostawę, kwiaty przepiękne!
Nie mam żadnych zastrzeżeń, pełen profesjonalizm.
Bez problemu wymienili mi rozmiar, bardzo miła pani.
Kocham tę kawiarnię, sernik mistrzostwo świata.
Mechanik uczciwy, naprawił od ręki i nie naciągał.
Jestem zachwycona fryzurą, na pewno wrócę.
Cudowne miejsce, wspaniała atmosfera i pyszne jedzenie.
Polecamy z czystym sumieniem.
Rewelacyjny serwis rowerowy, rower jak nowy.
Nie ma lepszej pizzy w mieście!
Pani doktor cierpliwa i delikatna, w ogóle nie bolało.
Świetny kontakt, paczka dotarła dzień przed terminem.
Szacun dla ekipy remontowej, robota wykonana idealnie.
Byłem sceptyczny, ale zostałem pozytywnie zaskoczony, polecam.
Piekielnie dobre lody, zjadłbym wiadro.
Brawo za pomysł z paczkowaniem bez plastiku, dziękuję!
Przemiła obsługa i przystępne ceny.
😍😍😍
Bardzo dobra jakość, szybka wysyłka, jestem zadowolony.
Wszystko w porządku, miło i sprawnie, dzięki!
Uwielbiam ich pierogi, zawsze świeże.
Zły humor mija, kiedy tu wchodzę, cudowni ludzie.
Nie zawiodłam się, kolejny udany zakup.
""",
    Kind.LEAD: """
Szukam dobrego cukiernika na wesele w Toruniu.
Polecicie jakiegoś uczciwego mechanika na Woli?
Kto może polecić sprawdzoną krawcową?
Gdzie kupię świeże ryby w Olsztynie?
Potrzebuję hydraulika na jutro, może ktoś polecić?
Chciałabym zamówić tort na komunię, jakie miejsce polecacie?
Szukamy sali na 40 osób na przyjęcie.
Zna ktoś dobrego stolarza od schodów?
Gdzie najlepiej naprawić stary zegarek?
Szukam kwiaciarni z dostawą w niedzielę.
Znacie jakiś dobry salon dla psów?
Poszukuję fotografa na chrzciny w maju.
Gdzie zjem dobre śniadanie w centrum?
Kupię używany rower dla dziecka, najlepiej z serwisu.
Ktoś poleci fryzjera od kręconych włosów?
Chcę kupić ekspres do małego biura, co polecacie?
""",
    Kind.NEUTRAL: """
Spółka podała wyniki za trzeci kwartał, przychody wzrosły o 12 procent.
Prezes firmy zapowiedział otwarcie dwudziestu nowych sklepów.
Policja zatrzymała podejrzanego o kradzież paliwa na stacji.
UOKiK nałożył karę na sieć sklepów za błędne ceny.
Producent wycofuje ze sprzedaży partię kiełbasy.
W sobotę w hali targowej odbędzie się festiwal chleba.
Zapraszamy na promocję, tylko u nas rabat 20% na wszystkie buty!
Masz dość brudnych okien? Zadzwoń do nas, umyjemy je w godzinę.
Zatrudnimy kelnera do restauracji, umowa o pracę, CV na adres biura.
Szukamy sprzedawcy do piekarni, praca od szóstej rano.
Byłem dziś w centrum, potem na kawie, wracam tramwajem.
Nowa kolekcja już w sprzedaży, sprawdź!
Ulica Długa będzie zamknięta z powodu remontu wodociągu.
Naukowcy opisali problem niedoboru snu u kierowców.
Ranking piekarni: sprawdziliśmy dziesięć miejsc w Krakowie.
Minister ogłosił projekt ustawy o handlu w niedzielę.
Odebrałem paczkę, jutro ją otworzę.
Dziś w ofercie żurek i kotlet z kapustą.
Gwarancja satysfakcji albo zwrot pieniędzy, zamów teraz.
Sąd oddalił pozew akcjonariuszy przeciwko koncernowi.
Mecz zakończył się porażką gospodarzy 0:2.
W pożarze hurtowni nikt nie ucierpiał, podaje straż.
Firma informuje, że sklep przy Lipowej będzie czynny do 20.
Film o złodzieju rowerów wraca do kin.
Jutro idziemy z klasą do piekarni na pokaz.
Akcje producenta mebli spadły po słabych danych o sprzedaży.
W dziewiętnastym wieku stał tu młyn.
Przesyłka 00123 została nadana.
Miasto zapowiada nowe ścieżki rowerowe.
Strajk na lotnisku: odwołano czterdzieści lotów, informuje rzecznik prasowy.
Poradnik: jak uniknąć oszustów w internecie.
Koncert odwołano z powodu choroby wokalisty, podał organizator.
""",
}

_RUSSIAN = {
    Kind.COMPLAINT: """
Посылка должна была прийти во вторник, уже пятница, и тишина.
Третий день не могу дозвониться до вашего сервиса.
Купил у вас чайник, через неделю сломался, чек не принимают.
Хлеб вчера был с плесенью, а продавщица только пожала плечами.
Верните деньги за отменённый заказ, жду уже месяц!
Ужасное обслуживание, больше сюда ни ногой.
Не рекомендую эту мастерскую, испортили телефон окончательно.
Заплатила за срочную доставку, курьер приехал через шесть дней.
Хамка на кассе, нагрубила моей маме.
Почему вы не отвечаете на письма?
Когда вы наконец вернёте деньги?
Торт красивый, но внутри сырой, пришлось выбросить.
В супе нашла волос, официант только посмеялся.
Ботинки развалились за два дня, деньги на ветер.
Никогда больше не закажу у них цветы, завяли к вечеру.
Прислали не тот размер, а возврат за мой счёт.
Мошенники, взяли предоплату и пропали.
После вашего шашлыка вся семья отравилась, обращусь в роспотребнадзор.
Парикмахер сожгла мне волосы и ещё взяла двойную цену.
После ремонта стиральная машина течёт ещё сильнее.
Проверьте, пожалуйста, в посылке не хватает двух кружек.
Уважаемая администрация, к сожалению, стол пришёл с царапинами.
С сожалением сообщаю, что работа выполнена небрежно.
Очень разочарована, платье совсем не как на фото.
Позор. Час ожидания ради холодной пиццы.
Списали деньги дважды за одну и ту же услугу.
Мастер взял девять тысяч и ничего не починил.
сайт не работает, не могу оформить заказ
сколько можно ждать одну посылку
ноль реакции вторую неделю, кошмар
Кофе холодный, пирог сухой, официантка с недовольным лицом.
Ну молодцы, второй раз потеряли мою рубашку в химчистке.
Спасибо за испорченный отпуск.
Записали на десять, приняли в двенадцать, даже не извинились.
Стоматолог сломал мне зуб и делает вид, что ничего не случилось.
Продавец соврал, телефон оказался не новый.
Кондиционер в номере сломан, администратор нас игнорирует.
Отменили мою запись за час до приёма без объяснений.
Отношение к клиентам отвратительное, обходите стороной.
Еда вкусная, но грязь на столах отбивает аппетит.
Заказ неполный, поддержка молчит, деньги сняли.
Ребёнок порезался о вашу полку, это безобразие!!!
Подам жалобу в роспотребнадзор, если не вернёте залог.
Шкаф привезли без болтов и с трещиной.
Дорого, долго и плохо.
Портниха испортила пальто и отказывается возмещать.
Корм для кошки просрочен на полгода.
uzhasnoe obsluzhivanie, nikogda bolshe ne pridu
zakaz ne prishel, dengi ne vernuli
😡🤬
Приложение постоянно вылетает, сделайте уже что-нибудь.
Объясните, почему с меня взяли оплату два раза.
Полный отстой, выкинула через день.
Опять обсчитали на кассе, уже третий раз за месяц.
Интернет пропал с утра, оператор трубку не берёт, сколько можно.
Собаку в этом салоне порезали при стрижке, я в шоке.
""",
    Kind.QUESTION: """
У вас есть билеты на субботу?
Во сколько вы завтра открываетесь?
Сколько стоит замена масла?
Можно ли расплатиться картой?
Где у вас парковка?
Делаете ли вы торты без сахара?
Подскажите, есть ли ржаной хлеб на закваске?
Доставляете ли в пригород?
До скольки вы работаете в воскресенье?
Есть ли эта модель в синем цвете?
Здравствуйте, у меня вопрос по графику на праздники.
Кто знает, работает ли пекарня на углу?
Какая цена мужской стрижки?
Можно прийти с собакой?
Как записаться на курс керамики?
Нужно ли бронировать столик?
Скажите, пожалуйста, вы чините кофемашины?
Когда поступит новая рассада?
Сколько времени занимает доставка за границу?
А есть самовывоз?
Как к вам доехать от вокзала?
Принимаете ли вы подарочные карты?
""",
    Kind.PRAISE: """
Лучший хлеб в районе, всем советую.
Отличный сервис, всё решили за пять минут.
Спасибо за быструю доставку, цветы прекрасные!
Никаких претензий, всё на высшем уровне.
Без проблем поменяли размер, очень вежливая девушка.
Обожаю эту кофейню, чизкейк просто сказка.
Честный мастер, починил сразу и недорого.
В восторге от стрижки, обязательно вернусь.
Чудесное место, прекрасная атмосфера, вкусная еда.
Рекомендую от души.
Велосипед после сервиса как новый, молодцы!
Лучше пиццы в городе нет!
Врач внимательный и терпеливый, совсем не больно.
Посылка пришла раньше срока, спасибо.
Ребята сделали ремонт идеально, респект.
Сомневался, но остался очень доволен.
Безумно вкусное мороженое, пальчики оближешь.
Приветливый персонал и приятные цены.
😍👍
Хорошее качество, быстрая отправка, доволен покупкой.
Всё устроило, спасибо большое.
Люблю их пельмени, всегда свежие.
Ни разу не подвели за три года.
Не пожалели, что обратились сюда.
Жаловаться не на что, всё чисто и уютно.
""",
    Kind.LEAD: """
Ищу хорошего кондитера на свадьбу в Твери.
Посоветуйте честного автомеханика на юге города.
Кто может порекомендовать проверенную портниху?
Где купить свежую рыбу в Туле?
Нужен сантехник на завтра, кого посоветуете?
Хочу заказать торт на юбилей, что посоветуете?
Ищем зал на сорок человек.
Подскажите хорошего столяра.
Где лучше починить старые часы?
Ищу доставку цветов в воскресенье.
Посоветуйте салон для собак.
Нужен фотограф на крестины в мае.
Где вкусно позавтракать в центре?
Хочу купить кофемашину в офис, посоветуйте модель.
Порекомендуйте парикмахера для кудрявых волос.
Куплю детский велосипед, желательно после сервиса.
""",
    Kind.NEUTRAL: """
Компания сообщила о росте выручки на 12 процентов за третий квартал.
Гендиректор объявил об открытии двадцати новых магазинов.
Полиция задержала подозреваемого в краже топлива.
Антимонопольная служба оштрафовала сеть за неверные ценники.
Производитель отзывает партию колбасы.
В субботу на рынке пройдёт фестиваль хлеба.
Скидка 20% на всю обувь, только до воскресенья!
Устали от грязных окон? Звоните, вымоем за час.
Требуется официант в кафе, график два через два, зарплата два раза в месяц.
Ищем продавца в пекарню, резюме присылайте на почту.
Был сегодня в центре, потом пил кофе, еду на трамвае.
Новая коллекция уже в продаже, заходите!
Улица Садовая будет закрыта из-за ремонта водопровода.
Учёные описали проблему недосыпания у водителей.
Рейтинг пекарен: мы проверили десять мест.
Министр представил законопроект о торговле.
Забрал посылку, завтра открою.
Сегодня в меню борщ и котлета с капустой.
Гарантия возврата денег, закажите сейчас.
Суд отклонил иск акционеров к холдингу.
Матч закончился поражением хозяев 0:2.
При пожаре на складе никто не пострадал, сообщает ведомство.
Магазин на Липовой работает до двадцати часов.
Фильм о похитителях велосипедов возвращается в кино.
Завтра идём с классом в пекарню на экскурсию.
Акции производителя мебели упали после слабых данных о продажах.
В девятнадцатом веке здесь стояла мельница.
Посылка 00123 отправлена.
Город построит новые велодорожки.
Из-за забастовки отменено сорок рейсов, сообщила пресс-служба.
Как не попасться мошенникам: советы экспертов.
Концерт отменён из-за болезни солиста, рассказал организатор.
""",
}

_ENGLISH = {
    Kind.COMPLAINT: """
The parcel was due on Tuesday, it is Friday and still nothing.
Third time I call your workshop and nobody picks up.
Bought a bike from you, the frame cracked within a week and you rejected my claim.
The bread I got yesterday was mouldy and the lady just shrugged.
I want a refund for order 4417, I have been waiting for three weeks.
Worst service in town, stay away.
Would not recommend this garage, my car came back worse than before.
I paid for express and the courier came six days later.
The woman at the till was so rude to my mum.
Why do you never answer your emails?
When are you going to give me my money back?
The cake looked lovely but it was raw inside, we had to bin it.
Found a hair in my soup and the waiter just laughed.
Shoes fell apart after two days, what a waste of money.
Never ordering flowers from them again, they were dead by the evening.
You sent me the wrong size and now I have to pay to return it.
Scammers, they took the deposit and stopped answering the phone.
The whole family got food poisoning after dinner here, I am reporting you.
The hairdresser burnt my hair and still charged me extra.
The washing machine leaks even more after your repair.
Could you please check, two mugs were missing from my parcel.
Dear Sir or Madam, unfortunately the table arrived with a scratched top.
I regret to say the work was done carelessly.
So disappointed, the dress looks nothing like the photo.
An hour for a cold pizza. Pathetic.
You charged me twice for the same service.
The mechanic took 900 and fixed nothing.
ur website is not working, cant place an order
how long does it take to send one stupid parcel
no reply for two weeks, unbelievable
Cold coffee, dry cake, staff with an attitude.
Great job, you lost my shirt at the cleaners for the second time.
Thanks for ruining our holiday.
My appointment was at ten, they saw me at noon without an apology.
The dentist broke my tooth and pretends nothing happened.
The seller lied, the phone was not new at all.
Broken air conditioning in our room and reception ignored us.
They cancelled my appointment an hour before with no explanation.
I thought this was a decent shop but I was treated like a thief.
Food might be good but the dirty tables put me off.
Order incomplete, hotline silent, money taken.
My son cut his hand on your shelf, this is dangerous!!!
I will go to small claims if you keep my deposit.
The wardrobe came without screws and with a cracked panel.
I can't get through to you since Monday.
Overpriced, slow and sloppy.
The tailor ruined my coat and refuses to pay for it.
The dog food was six months out of date.
😡😡
👎👎
Your app keeps crashing, can you fix it?
Please explain why I was billed two times.
Total junk, threw it away after a day.
Overcharged again, third time this month.
The kettle stopped working after a week.
Not happy with my haircut, she didn't listen to a word I said.
""",
    Kind.QUESTION: """
Do you have any tickets left for Saturday?
What time do you open tomorrow?
How much is a tyre change for a small car?
Can I pay by card?
Where is the nearest car park?
Do you make gluten free cakes?
Is there a waiting list for the pottery class?
Do you sell rye sourdough?
Do you deliver to Leeds?
Are you open on Sunday?
Is this model available in blue?
Hi, I have a question about your holiday hours.
Does anyone know if the bakery on the corner is open today?
How much does a men's cut cost?
Are dogs allowed in the cafe?
How do I sign up for the ceramics course?
Do I need to book a table?
Can you repair coffee machines?
When will the new seedlings be in?
What are the shipping costs to France?
Is it possible to collect in person?
Do you take gift cards?
""",
    Kind.PRAISE: """
Best bread in the neighbourhood, highly recommended.
Great service, everything sorted in five minutes.
Thank you for the quick delivery, the flowers are gorgeous!
Can't complain, very professional all round.
No problem swapping the size, such a kind lady.
I love this cafe, the cheesecake is to die for.
Honest mechanic, fixed it on the spot and did not overcharge.
Over the moon with my haircut, will be back.
Wonderful place, lovely atmosphere and delicious food.
Recommend them to anyone.
Brilliant bike repair, rides like new.
You won't find a better pizza in this town, amazing!
The dentist was patient and gentle, it didn't hurt at all.
Parcel came a day early, thanks!
Hats off to the builders, perfect job.
I was sceptical but I am impressed.
Wicked good ice cream, I could eat a bucket.
Friendly staff and fair prices.
😍😍
Good quality, fast shipping, happy customer.
All fine, friendly and quick, cheers.
Love their dumplings, always fresh.
They have never let me down in three years.
Not bad at all, I quite enjoyed it.
Excellent value and the staff are so helpful.
""",
    Kind.LEAD: """
Looking for a good wedding cake baker in York.
Can anyone recommend an honest mechanic near the station?
Any recommendations for a tailor?
Where can I buy fresh fish in Hull?
I need a plumber for tomorrow, can somebody recommend one?
I'd like to order a birthday cake, any suggestions?
We are looking for a venue for 40 people.
Does anyone know a good carpenter for stairs?
Best place to get an old watch repaired?
Looking for a florist that delivers on Sundays.
Do you know a good dog groomer?
In need of a photographer for a christening in May.
Where should I go for breakfast in the centre?
Want to buy an espresso machine for a small office, what do you suggest?
Can somebody recommend a hairdresser for curly hair?
Thinking of buying a used bike for my kid, any suggestions?
""",
    Kind.NEUTRAL: """
The company reported third quarter revenue up 12 percent.
The CEO announced plans to open twenty new shops.
Police arrested a man suspected of stealing fuel.
Regulator fines supermarket chain over wrong price tags.
Producer recalls a batch of sausages.
A bread festival takes place in the market hall on Saturday.
20% off all shoes this weekend only, shop now!
Tired of dirty windows? Call us, we clean them in an hour.
We are hiring a waiter, send your CV to the office.
Looking for a waitress to join our team, part time position.
Went downtown today, had a coffee, now on the tram.
New collection now available, check it out!
Mill Street will be closed because of works on the water main.
Scientists describe the problem of sleepless drivers.
Ten bakeries ranked: our list.
Minister unveils draft law on Sunday trade.
Picked up the parcel, will open it tomorrow.
Today on the menu: tomato soup and a pork chop.
Satisfaction guaranteed or your money back, order now.
Court rejects lawsuit of shareholders against the group.
The match ended in a 0:2 defeat for the hosts.
Nobody was hurt in the warehouse fire, officials said.
The shop on Lime Street is open until eight.
Film about bicycle thieves returns to cinemas.
Tomorrow our class visits the bakery.
Shares of the furniture maker fell after poor sales data.
In the nineteenth century a mill stood here.
Parcel 00123 has been dispatched.
The city plans new cycle lanes.
Strike at the airport: forty flights cancelled, spokesman says.
How to avoid scams online: expert tips.
Concert cancelled because the singer is ill, organisers announced.
""",
}

SENTENCES: tuple[tuple[str, str, Kind], ...] = tuple(
    (language, line, kind)
    for language, kinds in (("pl", _POLISH), ("ru", _RUSSIAN), ("en", _ENGLISH))
    for kind, block in kinds.items()
    for line in block.strip().splitlines()
)
"""Language, sentence, kind."""
