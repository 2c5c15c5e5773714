//! Every way to draw gives the words of `rand_chacha`'s stream.

use proptest::prelude::*;
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use rand_distr::Normal;

use super::*;

const PURPOSES: [Purpose; 19] = [
    Purpose::Skill,
    Purpose::OpeningAge,
    Purpose::OpeningTenure,
    Purpose::OpeningJob,
    Purpose::FirmProductivity,
    Purpose::OpeningFirms,
    Purpose::ServiceQuality,
    Purpose::Revision,
    Purpose::Destination,
    Purpose::Settlement,
    Purpose::Application,
    Purpose::Homestead,
    Purpose::Work,
    Purpose::Insurance,
    Purpose::Newcomer,
    Purpose::Firm,
    Purpose::EntryCount,
    Purpose::EntrySite,
    Purpose::FirmMove,
];

/// Sources of a seed, one for each width of lanes that the machine has.
fn sources(seed: u64) -> impl Iterator<Item = RandomSource> {
    [Lanes::Scalar, Lanes::Avx2, Lanes::Avx512].into_iter().filter_map(move |lanes| RandomSource::new(seed, lanes).ok())
}

fn scalar(seed: u64) -> RandomSource {
    RandomSource::new(seed, Lanes::Scalar).expect("scalar lanes exist")
}

fn addresses() -> impl Strategy<Value = Address> {
    (any::<u32>(), prop::sample::select(&PURPOSES[..]), any::<u16>(), any::<u32>(), any::<u16>())
        .prop_map(|(tick, purpose, group, ordinal, generation)| Address { tick, purpose, group, ordinal, generation })
}

/// The generator of `rand_chacha` for a seed of the model, written down independently of the engine's own layout: at
/// the first word of block `counter` in a stream.
fn reference(random: &RandomSource, counter: u64, tick: u32, purpose: Purpose, group: u16) -> ChaCha8Rng {
    let key: Vec<u8> = random.key.iter().flat_map(|word| word.to_le_bytes()).collect();
    let mut rng = ChaCha8Rng::from_seed(key.try_into().expect("a key has 32 bytes"));
    rng.set_stream(u64::from(tick) + (u64::from(purpose as u16) << 32) + (u64::from(group) << 48));
    rng.set_word_pos(u128::from(counter) << 4);
    rng
}

fn reference_words(random: &RandomSource, address: Address, part: u16) -> [u32; 16] {
    let Address { tick, purpose, group, ordinal, generation } = address;
    let counter = u64::from(ordinal) + (u64::from(generation) << 32) + (u64::from(part) << 48);
    reference(random, counter, tick, purpose, group).random()
}

proptest! {
    #[test]
    fn the_words_of_an_agent_are_those_of_rand_chacha(seed: u64, address in addresses(), part: u16) {
        let random = scalar(seed);
        prop_assert_eq!(random.words(address, part), reference_words(&random, address, part));
    }

    #[test]
    fn a_generator_runs_through_the_blocks_of_one_agent(seed: u64, address in addresses(), words in 1..200_usize) {
        let random = scalar(seed);
        let mut rng = random.rng(address);
        for word in 0..words {
            let block = reference_words(&random, address, (word / 16) as u16);
            prop_assert_eq!(rng.next_u32(), block[word % 16], "word {}", word);
        }
    }

    #[test]
    fn tiles_of_any_start_and_length_are_those_of_rand_chacha_in_all_lanes(
        seed: u64,
        tick: u32,
        purpose in prop::sample::select(&PURPOSES[..]),
        group: u16,
        first_block in 0..(u32::MAX / 16 - 64),
        length in 0..1000_usize,
    ) {
        for random in sources(seed) {
            let mut words = vec![0; length];
            random.tile(tick, purpose, group, 16 * first_block, &mut words);
            let counter = u64::from(first_block) + (u64::from(u32::MAX) << 32);
            let mut rng = reference(&random, counter, tick, purpose, group);
            for (at, word) in words.into_iter().enumerate() {
                prop_assert_eq!(word, rng.next_u32(), "{:?}, word {}", random.width(), at);
            }
        }
    }

    #[test]
    fn batches_are_those_of_rand_chacha_in_all_lanes(
        seed: u64,
        shared in addresses(),
        agents in prop::collection::vec((any::<u32>(), any::<u16>()), 1..=SIDE),
    ) {
        for random in sources(seed) {
            let mut batch = AgentBatch::new(shared.tick, shared.purpose, shared.group);
            for (slot, &(ordinal, generation)) in agents.iter().enumerate() {
                prop_assert_eq!(batch.add(slot, ordinal, generation), slot + 1 == SIDE);
            }
            let words = batch.words(&random);
            for (lane, &(ordinal, generation)) in agents.iter().enumerate() {
                let address = Address { ordinal, generation, ..shared };
                prop_assert_eq!(batch.address(lane), address);
                let drawn = words.map(|row| row[lane]);
                prop_assert_eq!(drawn, reference_words(&random, address, 0), "{:?}", random.width());
            }
        }
    }

    #[test]
    fn two_addresses_never_share_a_block(seed: u64, one in addresses(), other in addresses(), parts: [u16; 2]) {
        prop_assume!((one, parts[0]) != (other, parts[1]));
        let random = scalar(seed);
        prop_assert_ne!(random.words(one, parts[0]), random.words(other, parts[1]));
    }
}

#[test]
fn each_field_of_an_address_changes_the_words() {
    let random = scalar(7);
    let base = Address { tick: 1, purpose: Purpose::Work, group: 2, ordinal: 3, generation: 4 };
    let others = [
        Address { tick: 2, ..base },
        Address { purpose: Purpose::Skill, ..base },
        Address { group: 3, ..base },
        Address { ordinal: 4, ..base },
        Address { generation: 5, ..base },
    ];
    for other in others {
        assert_ne!(random.words(base, 0), random.words(other, 0), "{other:?}");
    }
    assert_ne!(random.words(base, 0), random.words(base, 1));
}

#[test]
fn a_generator_serves_the_distributions_of_rand() {
    let random = scalar(7);
    let mut rng = random.rng(Address { tick: 1, purpose: Purpose::Work, group: 2, ordinal: 3, generation: 4 });
    let count = 40_000;
    let mean = (0..count).map(|_| rng.random::<f64>()).sum::<f64>() / f64::from(count);
    // The standard error is .0014.
    assert!((mean - 0.5).abs() < 0.007, "{mean}");
    let mut dice = [0_u32; 6];
    for _ in 0..6000 {
        dice[rng.random_range(0..6)] += 1;
    }
    // The standard deviation is 29.
    assert!(dice.iter().all(|count| (850..1150).contains(count)), "{dice:?}");
}

#[test]
fn a_generator_serves_the_distributions_of_rand_distr() {
    let random = scalar(8);
    let mut rng = random.rng(Address { tick: 1, purpose: Purpose::Skill, group: 0, ordinal: 9, generation: 0 });
    let normal = Normal::new(2.0, 3.0).expect("a positive deviation");
    let mean = (0..10_000).map(|_| rng.sample(normal)).sum::<f64>() / 10_000.0;
    // The standard error is .03.
    assert!((mean - 2.0).abs() < 0.15, "{mean}");
}

#[test]
fn words_pass_a_chi_square_test_of_uniformity() {
    let random = RandomSource::new(7, Lanes::Auto).expect("some lanes exist");
    let mut words = vec![0; 1 << 16];
    random.tile(0, Purpose::Revision, 0, 0, &mut words);
    let mut bins = [0_u32; 256];
    for word in &words {
        bins[(word >> 24) as usize] += 1;
    }
    let expected = 256.0;
    let chi_square: f64 = bins.iter().map(|&n| (f64::from(n) - expected) * (f64::from(n) - expected) / expected).sum();
    // 255 degrees of freedom: mean 255, standard deviation 22.6; the interval is five deviations wide.
    assert!((142.0..368.0).contains(&chi_square), "{chi_square}");
}
