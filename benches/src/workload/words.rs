use crate::Random;

/// Words by how common they are: those of support desks in three languages, then invented ones.
pub(super) struct Words(Vec<String>);

const SYLLABLES: [&str; 24] = [
    "ba", "ka", "ra", "ti", "mu", "lo", "si", "pe", "nga", "du", "wi", "sa", "ter", "lan", "gu", "men", "ja",
    "ki", "pro", "mas", "ver", "con", "dol", "hem",
];

const HAN: &str = "充值提现密码账户余额登录注册验证绑定银行卡转账到账时间客服活动优惠红包奖金订单退款发货物流地址修改取消支付失败成功处理联系电话邮箱问题怎么多少什么哪里可以需要没有不能请帮我查询";

impl Words {
    /// A rule set of more rules uses more words.
    pub(super) fn new(rules: usize) -> Self {
        let mut words: Vec<String> =
            include_str!("../../words.txt").split_whitespace().map(str::to_owned).collect();
        words.sort_unstable();
        words.dedup();
        let mut random = Random(7);
        while words.len() < 300 + rules / 8 {
            let syllables = 2 + random.below(3);
            words.push((0..syllables).map(|_| SYLLABLES[random.below(SYLLABLES.len())]).collect());
        }
        Words(words)
    }

    /// A word: small numbers more often, as in texts of people.
    pub(super) fn any(&self, random: &mut Random) -> &str {
        let (one, other) = (random.below(self.0.len()), random.below(self.0.len()));
        &self.0[one.min(other)]
    }

    /// Two to four Chinese characters.
    pub(super) fn han(random: &mut Random) -> String {
        let all: Vec<char> = HAN.chars().collect();
        (0..2 + random.below(3)).map(|_| all[random.below(all.len())]).collect()
    }
}
