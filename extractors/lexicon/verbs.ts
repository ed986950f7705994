// Verbs that relate a subject to its number, with what they say of time: a flow happened in the period, a stock is a state.

/** Something was done in the period. */
export const flowVerbs = `
投入 投资 累计投入 总投资 完成投资 投 斥资 筹措 筹集 整合 争取 拨付 拨款 下拨 落实 发放 拿出 列支 支出 安排 设立 奖励 补助 资助 捐赠 募集 兑现 减免
新增 新建 改建 扩建 改扩建 新改扩建 建设 建成 修建 改造 维修 装备维修 改造维修 加固 硬化 铺设 新设 设置 增设 增加 扩增 增 购置 采购 购买 配备 配置 更新 安装 添置 装备 搭建 打造 完成 竣工 启用 投用 拆除
招聘 招录 新招聘 新招录 新引进 引进 补充 聘用 选聘 选派 选调 招募 遴选 选拔 培养 培训 轮训 组织 组建 成立 创建 创办 举办 开展 召开 开设 开发 设计开发 开办 启动 实施 制定 修订 出台 印发 推广 推出
撤销 撤消 撤并 合并 关停 停办 取缔 整改 责令整改 整治 清理 变为 转公 约谈 约谈提醒 排查 检查 查处 化解 消除 解决
交流 轮岗 支教 分配 招生 录取 毕业 吸引 联系 邀请 惠及 覆盖 服务 接待 参与 参加 入选 获评 荣获 获 获得 通过 认定 命名 评选 表彰 接收 安置 入学 就业 结对 指导 发表 结题 立项 扩容 增长 上升 提高 下降 减少 提升 家访 走访 慰问 救助 体检
`
  .split(/\s+/)
  .filter(Boolean);

/** A state at a date. */
export const stockVerbs = `
有 共有 现有 拥有 设有 建有 辖 下辖 管辖 含 包括 共 计 共计 总计 达到 达 为 是 保持 保持在 稳定在 占 占比 位于 在校 在编 在职 在岗 在读 实现 配足 配齐 上调至 上调 上调到 降至 提高到 提高至 提升至 增加到 增至 控制在
`
  .split(/\s+/)
  .filter(Boolean);
