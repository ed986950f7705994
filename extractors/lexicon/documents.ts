// Words of policy documents: how their titles end, who issues them, and the verbs that issue them.

/** How the title of a policy document ends, before (试行), (2021—2035年) and the like. */
export const documentKinds =
  /(?:通知|意见|办法|方案|规划|纲要|计划|决定|规定|条例|细则|标准|规程|指南|清单|公告|通告|通报|批复|复函|函|报告|要点|制度|章程|准则|规范|目录|决议|命令|公报|纪要|建议|措施|举措|政策|预案|指标|指标体系|评价体系|倡议书|守则|十条|若干条|说明|白皮书|宪法|(?<!教学|学习|识字|书|方|做|想|看|说|疗|算)法)$/;

/** Names in 《》 that end like a document and are none. */
export const noDocuments = /(?:责任书|承诺书|协议书|手册|调查报告文学|诗|词典)$/;

/** How the name of an issuing body ends. */
export const issuerEnds =
  '人民政府办公厅 人民政府办公室 人民政府教育督导委员会办公室 人民政府教育督导委员会 人民政府教育督导室 人民政府 党委办公室 委员会办公室 领导小组办公室 领导小组 委员会 办公厅 办公室 国务院 党中央 中共中央 教育局 体育局 财政局 局 教育厅 厅 教委 发改委 党工委 工委 党委 市委 县委 区委 省委 部'.split(
    ' ',
  );

/** Short names of the government of the document's own county. */
export const ownGovernment =
  /(?:^|[，,。；;、\s　])(?:我)?([市县区旗])(?:人民)?政府(?:办公室)?(?:先后|相继|专门|及时|又|还|也|已|分别|陆续|近日)*(?:出台|印发|下发|制定|制订|颁布|发布|公布|批准)[^《》。；;]{0,12}$/;

/** A document that is sent out with the text: 《…》已经…同意,现印发给你们. */
export const sentOut =
  /^[^。；;《》]{0,24}(?:同意|审议通过|研究通过)?[，,]?[^。；;《》]{0,6}现(?:予以?)?(?:印发|发布|公布|下发|转发)/;

/** Words before the name of an issuer that do not belong to it. */
export const notOfIssuer =
  /^(?:.*(?:依据|根据|按照|落实|贯彻|执行|对照|参照|遵照|结合|转发|依照|围绕|以及|下发|印发|出台|通过|和(?!体育|改革|社会保障|城乡建设|旅游|信息化|规划|自然资源|退役)|与|及|将|在|由|对|了|的|[，,。；;：:、\s　“”"]))/s;
