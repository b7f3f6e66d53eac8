"""The tables that offices bring along (X1): the columns of each kind, and what else people write above them and for choices."""

from dataclasses import dataclass

DAY = "例：2026-05-20"


@dataclass(frozen=True)
class Column:
    """A column of a table.

    `kind` is "text", "person" (a name), "date", "amount", "count", "choice" (one of the labels of a field, looked up by who imports), or a
    kind of number that is checked: "license", "resident", "identity" (a person's or an organization's), "phone", "mobile", "account".
    `titles` are other words for it; `is_past` means that the day cannot be still to come.
    """

    name: str
    title: str
    kind: str = "text"
    is_required: bool = False
    hint: str = ""
    width: int = 16
    titles: tuple = ()
    is_past: bool = False


def _past(name, title, *titles, is_required=False):
    return Column(name, title, "date", is_required=is_required, hint=DAY, titles=titles, is_past=True)


def _license(*titles):
    words = ("执业证书号", "执业证号码", "律师执业证号", "律师执业证书号", "律师证号", "执业证编号", "证号")
    return Column("license_number", "执业证号", "license", hint="17位", width=22, titles=(*words, *titles))


TABLES = {
    "lawyer": (
        "律师名单",
        (
            Column("name", "姓名", "person", is_required=True, titles=("律师姓名", "律师", "志愿者姓名", "团队成员")),
            Column(
                "kind",
                "类别",
                "choice",
                hint="团队律师、签约律师事务所律师、机构工作人员",
                titles=("人员类别", "律师类别"),
            ),
            _license(),
            Column(
                "license_valid_until",
                "执业证有效期至",
                "date",
                hint=DAY,
                titles=("执业证有效期", "有效期至", "有效期", "年检有效期", "执业证到期日"),
            ),
            Column(
                "law_firm",
                "律师事务所",
                width=26,
                titles=("律所", "所在律所", "执业机构", "工作单位", "单位", "事务所"),
            ),
            Column(
                "contact_points",
                "联系点工会",
                hint="多个用顿号分开",
                width=30,
                titles=("联系点", "联系工会", "服务工会", "联系点单位"),
            ),
            Column(
                "specialties",
                "专长",
                hint="多个用顿号分开",
                width=24,
                titles=("业务专长", "擅长领域", "专业领域", "擅长"),
            ),
            Column(
                "mobile", "手机", "mobile", titles=("手机号", "手机号码", "联系电话", "电话", "联系方式", "移动电话")
            ),
            Column(
                "resident_id_number",
                "身份证号",
                "resident",
                width=24,
                titles=("身份证", "身份证号码", "身份证件号", "公民身份号码"),
            ),
            Column("bank_name", "开户行", width=24, titles=("开户银行", "银行")),
            Column(
                "bank_account_number",
                "银行账号",
                "account",
                width=26,
                titles=("账号", "银行卡号", "卡号", "收款账号", "银行帐号", "帐号"),
            ),
            Column("bank_account_holder", "户名", "person", titles=("账户名", "开户名", "收款人")),
            _past("application_date", "申请日期", "申请时间", "报名日期", "加入日期"),
            _past("consent_date", "同意公开日期", "同意公开时间", "公开同意书日期"),
        ),
    ),
    "contract": (
        "聘任合同",
        (
            Column(
                "lawyer", "律师姓名", "person", is_required=True, titles=("姓名", "律师", "受聘人", "乙方", "受聘律师")
            ),
            _license(),
            Column(
                "date_start",
                "起始日期",
                "date",
                is_required=True,
                hint=DAY,
                titles=(
                    "开始日期",
                    "起始时间",
                    "聘期开始",
                    "聘期起",
                    "合同起始日期",
                    "合同开始日期",
                    "聘任日期",
                    "生效日期",
                ),
            ),
            Column(
                "date_end",
                "截止日期",
                "date",
                hint="不填为一年",
                titles=(
                    "结束日期",
                    "终止日期",
                    "截止时间",
                    "聘期结束",
                    "聘期止",
                    "合同截止日期",
                    "合同结束日期",
                    "到期日期",
                    "到期日",
                ),
            ),
            Column("number", "聘书编号", width=22, titles=("合同编号", "聘书号", "合同号", "编号")),
            Column(
                "annual_subsidy",
                "年度补贴（元）",
                "amount",
                titles=("补贴", "补贴标准", "年补贴", "工作补贴", "年度工作补贴"),
            ),
        ),
    ),
    "case": (
        "历史案件",
        (
            Column(
                "old_number", "原案号", width=22, titles=("案号", "案件编号", "编号", "卷宗号", "案卷号", "受理编号")
            ),
            _past("application_date", "申请日期", "申请时间", "受理日期", "受理时间", "登记日期", is_required=True),
            Column(
                "applicant_name",
                "受援人姓名",
                "person",
                is_required=True,
                titles=("受援人", "姓名", "申请人", "申请人姓名", "职工姓名"),
            ),
            Column(
                "applicant_kind",
                "受援人类别",
                "choice",
                is_required=True,
                hint="农民工、困难职工等",
                titles=("人员类别", "申请人类别", "职工类别", "类别", "身份"),
            ),
            Column(
                "applicant_id_number",
                "身份证号",
                "identity",
                width=24,
                titles=("身份证", "身份证号码", "证件号码", "公民身份号码"),
            ),
            Column(
                "applicant_phone",
                "联系电话",
                "phone",
                titles=("电话", "手机", "手机号", "联系方式", "受援人电话", "申请人电话"),
            ),
            Column("headcount", "受援人数", "count", titles=("人数", "涉及人数", "职工人数")),
            Column(
                "employer_name",
                "用人单位",
                width=26,
                titles=("用人单位名称", "单位名称", "被申请人", "工作单位", "对方当事人"),
            ),
            Column(
                "employer_place",
                "用人单位所在地工会",
                width=24,
                titles=("用人单位所在地", "所在地工会", "区属", "所属县区", "县区"),
            ),
            Column("matter", "案由", is_required=True, width=20, titles=("援助事项", "事项", "纠纷类型", "案件类型")),
            Column(
                "service_form",
                "援助方式",
                "choice",
                is_required=True,
                titles=("援助形式", "服务方式", "办理方式", "代理阶段"),
            ),
            Column(
                "amount_claimed",
                "请求金额（元）",
                "amount",
                titles=("请求数额", "标的额", "标的", "涉案金额", "诉求金额"),
            ),
            Column("lawyer", "承办律师", "person", titles=("承办人", "律师", "律师姓名", "代理律师", "援助律师")),
            _past("granted_date", "批准日期", "批准时间", "给予援助日期", "审批日期", "决定日期", is_required=True),
            _past("closed_date", "结案日期", "结案时间", "办结日期", "办结时间", is_required=True),
            Column(
                "outcome",
                "结果",
                "choice",
                is_required=True,
                titles=("办理结果", "案件结果", "结案方式", "处理结果", "援助结果"),
            ),
            Column(
                "amount_recovered",
                "挽回金额（元）",
                "amount",
                titles=("挽回经济损失", "挽回损失", "挽回损失金额", "追回金额", "挽回数额", "取得金额"),
            ),
            _past("archived_date", "归档日期", "归档时间", "立卷日期"),
        ),
    ),
    "consultation": (
        "咨询登记",
        (
            _past("date", "日期", "咨询日期", "咨询时间", "时间", "来访日期", "登记日期", is_required=True),
            Column(
                "channel",
                "咨询方式",
                "choice",
                hint="电话、来访等",
                titles=("方式", "咨询形式", "咨询渠道", "来访方式"),
            ),
            Column(
                "caller_name",
                "姓名",
                "person",
                hint="可匿名",
                titles=("咨询人", "咨询人姓名", "来访人", "来电人", "职工姓名"),
            ),
            Column("caller_phone", "联系电话", "phone", titles=("电话", "手机", "手机号", "联系方式", "咨询人电话")),
            Column("caller_kind", "人员类别", "choice", titles=("咨询人类别", "职工类别", "类别", "身份")),
            Column(
                "employer_name",
                "用人单位",
                width=26,
                titles=("用人单位名称", "单位名称", "单位", "工作单位", "所在单位"),
            ),
            Column(
                "matter",
                "案由",
                is_required=True,
                width=20,
                titles=("咨询事项", "事项", "咨询类型", "咨询类别", "纠纷类型"),
            ),
            Column(
                "question",
                "问题",
                is_required=True,
                width=40,
                titles=("咨询内容", "咨询问题", "内容", "反映问题", "主要内容"),
            ),
            Column(
                "answer", "答复", width=40, titles=("答复内容", "解答", "解答内容", "答复意见", "处理意见", "办理情况")
            ),
            Column(
                "lawyer", "解答律师", "person", titles=("律师", "律师姓名", "接待律师", "值班律师", "解答人", "接待人")
            ),
        ),
    ),
}

# Words of the offices for choices whose label differs; what is ambiguous is not here and comes back.
PERSONS = {
    "职工": "worker",
    "一般职工": "worker",
    "普通职工": "worker",
    "在职职工": "worker",
    "进城务工人员": "migrant_worker",
    "困难": "hardship_worker",
    "劳模": "model_worker",
    "工会干部": "union_officer",
    "基层工会": "union_organization",
}
# For matters, by their code.
MATTER_WORDS = {
    "unpaid_wages": (
        "工资",
        "欠薪",
        "讨薪",
        "追讨工资",
        "劳动报酬",
        "支付劳动报酬",
        "追索劳动报酬",
        "拖欠劳动报酬",
        "拖欠农民工工资",
    ),
    "work_injury": ("工伤赔偿", "工伤待遇", "工伤保险待遇", "工伤事故", "工伤认定"),
    "dismissal_compensation": ("经济补偿", "经济补偿金", "违法解除", "违法解除劳动合同"),
    "double_wage": ("双倍工资", "二倍工资"),
    "labour_relation": ("劳动关系", "劳动关系确认", "确认劳动关系纠纷"),
    "labour_contract": ("劳动合同", "劳动合同纠纷"),
    "social_insurance": ("社保", "社保待遇", "社会保险待遇"),
    "working_hours": ("工作时间", "休息休假"),
    "female_protection": ("女职工保护", "女职工权益"),
    "other": ("其他", "其它", "其他劳动争议"),
}
CHOICE_WORDS = {
    "kind": {"律师": "lawyer", "志愿律师": "lawyer", "签约律所律师": "firm_lawyer", "工作人员": "staff"},
    "applicant_kind": PERSONS,
    "caller_kind": PERSONS,
    "channel": {
        "来电": "phone",
        "电话咨询": "phone",
        "热线": "phone",
        "12351": "phone",
        "现场": "visit",
        "现场咨询": "visit",
        "窗口": "visit",
        "来访咨询": "visit",
        "工作站": "station",
        "上门": "door",
        "微信": "online",
        "网上": "online",
        "网络咨询": "online",
        "信件": "letter",
    },
    "service_form": {
        "咨询": "advice",
        "代书": "drafting",
        "代写文书": "drafting",
        "代拟文书": "drafting",
        "调解": "mediation",
        "协商调解": "mediation",
        "仲裁": "arbitration",
        "劳动仲裁": "arbitration",
        "代理仲裁": "arbitration",
        "诉讼": "litigation",
        "代理诉讼": "litigation",
        "一审": "litigation",
        "二审": "litigation",
    },
    "outcome": {
        "全部胜诉": "won",
        "全部支持": "won",
        "部分支持": "partly_won",
        "驳回": "lost",
        "调解": "mediated",
        "调解成功": "mediated",
        "和解": "settled",
        "自行和解": "settled",
        "撤诉": "withdrawn",
        "撤回": "withdrawn",
        "终止": "terminated",
    },
}
