//! The saved form of agents: blocks in the order of who they hold, each column as its bytes.
//!
//! The order in which blocks are stored in the world never shows, and writing needs no second copy of the agents.

use std::io::{Result as IoResult, Write};

use bevy_ecs::prelude::*;

use super::Piece;
use crate::agents::firm::{self, FirmBlock, FirmBundle};
use crate::agents::saved::{Column, read_length};
use crate::agents::worker::{self, RationedApplicants, WorkerBlock, WorkerBundle};

/// Blocks of one kind in the order of who they hold.
fn in_order<B: Component + Copy + Ord>(world: &World) -> Vec<(B, EntityRef<'_>)> {
    let mut blocks: Vec<(B, EntityRef)> =
        world.iter_entities().filter_map(|entity| Some((*entity.get::<B>()?, entity))).collect();
    blocks.sort_by_key(|(block, _)| *block);
    blocks
}

fn write_column<C: Column>(entity: &EntityRef, out: &mut dyn Write) -> IoResult<()> {
    entity.get::<C>().expect("a block has all its columns").write(out)
}

/// All workers, as a piece of a snapshot.
pub(crate) fn workers() -> Piece {
    Piece { save: write_workers, load: read_workers }
}

/// All firms, as a piece of a snapshot.
pub(crate) fn firms() -> Piece {
    Piece { save: write_firms, load: read_firms }
}

fn write_workers(world: &World, out: &mut dyn Write) -> IoResult<()> {
    let blocks = in_order::<WorkerBlock>(world);
    out.write_all(&(blocks.len() as u64).to_le_bytes())?;
    for (block, entity) in &blocks {
        out.write_all(&block.origin.to_le_bytes())?;
        out.write_all(&block.first.to_le_bytes())?;
        write_column::<worker::RegisteredAt>(entity, out)?;
        write_column::<worker::Place>(entity, out)?;
        write_column::<worker::NextPlace>(entity, out)?;
        write_column::<worker::WorkerBits>(entity, out)?;
        write_column::<worker::QuartersHere>(entity, out)?;
        write_column::<worker::StableQuarters>(entity, out)?;
        write_column::<worker::InsuredQuarters>(entity, out)?;
        write_column::<worker::Age>(entity, out)?;
        write_column::<worker::Generation>(entity, out)?;
    }
    Ok(())
}

/// Replaces all workers by those that were written; if the bytes are damaged, the world is left as it was.
fn read_workers(world: &mut World, bytes: &mut &[u8]) -> Result<(), String> {
    let mut blocks = Vec::new();
    for _ in 0..read_length(bytes)? {
        let (origin, rest) = bytes.split_first_chunk::<2>().ok_or("a block is missing")?;
        let (first, rest) = rest.split_first_chunk::<4>().ok_or("a block is missing")?;
        *bytes = rest;
        blocks.push(WorkerBundle {
            block: WorkerBlock { origin: u16::from_le_bytes(*origin), first: u32::from_le_bytes(*first) },
            registered_at: Column::read(bytes)?,
            place: Column::read(bytes)?,
            next_place: Column::read(bytes)?,
            bits: Column::read(bytes)?,
            quarters_here: Column::read(bytes)?,
            stable_quarters: Column::read(bytes)?,
            insured_quarters: Column::read(bytes)?,
            age: Column::read(bytes)?,
            generation: Column::read(bytes)?,
            rationed: RationedApplicants::default(),
        });
    }
    replace::<WorkerBlock, _>(world, blocks);
    Ok(())
}

fn write_firms(world: &World, out: &mut dyn Write) -> IoResult<()> {
    let blocks = in_order::<FirmBlock>(world);
    out.write_all(&(blocks.len() as u64).to_le_bytes())?;
    for (block, entity) in &blocks {
        out.write_all(&[block.industry])?;
        out.write_all(&block.part.to_le_bytes())?;
        write_column::<firm::Site>(entity, out)?;
        write_column::<firm::NextSite>(entity, out)?;
        write_column::<firm::Quality>(entity, out)?;
        write_column::<firm::Cohort>(entity, out)?;
        write_column::<firm::Ordinal>(entity, out)?;
    }
    Ok(())
}

/// Replaces all firms by those that were written; if the bytes are damaged, the world is left as it was.
fn read_firms(world: &mut World, bytes: &mut &[u8]) -> Result<(), String> {
    let mut blocks = Vec::new();
    for _ in 0..read_length(bytes)? {
        let (industry, rest) = bytes.split_first().ok_or("a block is missing")?;
        let (part, rest) = rest.split_first_chunk::<4>().ok_or("a block is missing")?;
        *bytes = rest;
        blocks.push(FirmBundle {
            block: FirmBlock { industry: *industry, part: u32::from_le_bytes(*part) },
            site: Column::read(bytes)?,
            next_site: Column::read(bytes)?,
            quality: Column::read(bytes)?,
            cohort: Column::read(bytes)?,
            ordinal: Column::read(bytes)?,
        });
    }
    replace::<FirmBlock, _>(world, blocks);
    Ok(())
}

fn replace<B: Component, T: Bundle>(world: &mut World, blocks: Vec<T>) {
    let old: Vec<Entity> = world.query_filtered::<Entity, With<B>>().iter(world).collect();
    for entity in old {
        world.despawn(entity);
    }
    for bundle in blocks {
        world.spawn(bundle);
    }
}
