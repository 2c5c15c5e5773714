//! Cities, and industries in cities, as entities: one entity each, with one component for each figure.
//!
//! An entity is a row and a component is a column. Rows are spawned in the order of the region table, in one archetype,
//! and never removed, so that a column is a slice in that order: sums keep their order and agents can look a place up by
//! its number. Mechanisms declare the columns that they own with [`columns!`]. A system reads a column as a slice
//! ([`ByCity`], [`BySector`]) or iterates over rows with an ordinary `Query`.
//!
//! Reading a slice needs unsafe code, because the schedule alone knows that nobody else writes the column: it is in this
//! file, and the access of every slice is registered as a query would register it. Slices do not mark rows as changed.

#![expect(unsafe_code, reason = "a slice of a column needs what only the schedule knows: that nobody else writes it")]

use std::cell::UnsafeCell;
use std::ops::{Deref, DerefMut, Index, IndexMut};

use bevy_ecs::archetype::ArchetypeGeneration;
use bevy_ecs::change_detection::Tick;
use bevy_ecs::component::{ComponentId, Mutable};
use bevy_ecs::prelude::*;
use bevy_ecs::query::QueryState;
use bevy_ecs::storage::TableId;
use bevy_ecs::system::{ReadOnlySystemParam, SystemAccess, SystemMeta, SystemParam, SystemParamValidationError};
use bevy_ecs::world::unsafe_world_cell::UnsafeWorldCell;
use bytemuck::TransparentWrapper;

use crate::base_year::Opening;

/// A city with its countryside: row `0` is the first place of the region table.
#[derive(Component, Clone, Copy, Debug, PartialEq, Eq)]
pub struct City(pub u16);

/// An industry with firms in a city. Industry by industry, each in the order of cities.
#[derive(Component, Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sector {
    /// Number of the industry among those with firms.
    pub industry: u16,
    /// Number of the city.
    pub city: u16,
}

/// What rows a column has: [`City`] or [`Sector`].
pub trait Row: Component + Copy {
    /// Number of the city.
    fn city(self) -> u16;
}

impl Row for City {
    fn city(self) -> u16 {
        self.0
    }
}

impl Row for Sector {
    fn city(self) -> u16 {
        self.city
    }
}

/// A component that is one figure of each row. [`columns!`] implements it.
pub trait Column: Component<Mutability = Mutable> + TransparentWrapper<Self::Value> {
    /// What has the figure.
    type Row: Row;
    /// The figure.
    type Value: Clone + std::fmt::Debug + Send + Sync + 'static;
}

/// A column as the opening state makes it and as a change of money treats it.
#[derive(Clone, Copy)]
pub struct ColumnEntry {
    /// Gives a row its first value, if the column is of such rows.
    pub(crate) open: fn(&mut EntityWorldMut, &Opening),
    /// Multiplies every row by a factor; only for sums of money.
    pub(crate) scale: Option<fn(&mut World, f64)>,
}

/// Declares the columns that a file owns, and `COLUMNS`, the list of them.
///
/// ```text
/// columns! {
///     /// What it is, and its unit.
///     nominal city GoingRent(f64) = |opening, place| …;
///     sector Firms(f64) = |opening, industry, place| …;
/// }
/// ```
/// Without a first value a column starts with zeros. `nominal` marks sums of money, which change with its level.
macro_rules! columns {
    ($($(#[$doc:meta])* $($kind:ident)+ ($value:ty) $(= $first:expr)?;)+) => {
        $($crate::agents::city::columns!(@one [$(#[$doc])*] [$($kind)+] $value $(= $first)?);)+

        /// The columns that this file owns.
        pub(crate) const COLUMNS: &[$crate::agents::city::ColumnEntry] =
            &[$($crate::agents::city::columns!(@entry [$($kind)+] $value $(= $first)?)),+];
    };
    (@one $doc:tt [nominal $row:ident $name:ident] $($rest:tt)+) => {
        $crate::agents::city::columns!(@one $doc [$row $name] $($rest)+);
    };
    (@one [$($doc:tt)*] [$row:ident $name:ident] $value:ty $(= $first:expr)?) => {
        $($doc)*
        #[derive(bevy_ecs::prelude::Component, Clone, Debug, PartialEq)]
        #[repr(transparent)]
        pub struct $name(pub $value);

        #[allow(unsafe_code, reason = "the wrapper is transparent: it is declared two lines above")]
        // SAFETY: `repr(transparent)` over the only field.
        unsafe impl bytemuck::TransparentWrapper<$value> for $name {}

        impl $crate::agents::city::Column for $name {
            type Row = $crate::agents::city::columns!(@row $row);
            type Value = $value;
        }
    };
    (@row city) => { $crate::agents::city::City };
    (@row sector) => { $crate::agents::city::Sector };
    (@entry [nominal $row:ident $name:ident] $value:ty $(= $first:expr)?) => {
        $crate::agents::city::ColumnEntry {
            scale: Some(|world, factor| $crate::agents::city::scale::<$name>(world, factor)),
            ..$crate::agents::city::columns!(@entry [$row $name] $value $(= $first)?)
        }
    };
    (@entry [$row:ident $name:ident] $value:ty) => {
        $crate::agents::city::ColumnEntry {
            open: |row, _| $crate::agents::city::insert::<$name>(row, |_| <$value>::default()),
            scale: None,
        }
    };
    (@entry [city $name:ident] $value:ty = $first:expr) => {
        $crate::agents::city::ColumnEntry {
            open: |row, opening| {
                let first: fn(&$crate::base_year::Opening, usize) -> $value = $first;
                $crate::agents::city::insert::<$name>(row, |at| first(opening, usize::from(at.0)));
            },
            scale: None,
        }
    };
    (@entry [sector $name:ident] $value:ty = $first:expr) => {
        $crate::agents::city::ColumnEntry {
            open: |row, opening| {
                let first: fn(&$crate::base_year::Opening, usize, usize) -> $value = $first;
                $crate::agents::city::insert::<$name>(row, |at| {
                    first(opening, usize::from(at.industry), usize::from(at.city))
                });
            },
            scale: None,
        }
    };
}
pub(crate) use columns;

/// Spawns the rows of so many cities and industries.
pub(crate) fn spawn_rows(world: &mut World, cities: usize, industries: usize) {
    world.spawn_batch((0..cities).map(|city| City(city as u16)));
    let sectors = (0..industries).flat_map(|industry| (0..cities).map(move |city| (industry as u16, city as u16)));
    world.spawn_batch(sectors.map(|(industry, city)| Sector { industry, city }));
}

/// All rows in their order: cities, then industries in cities.
pub(crate) fn rows(world: &mut World) -> Vec<Entity> {
    world.query_filtered::<Entity, Or<(With<City>, With<Sector>)>>().iter(world).collect()
}

/// Gives a row its value of a column, if the column is of such rows.
pub(crate) fn insert<C: Column>(row: &mut EntityWorldMut, value: impl FnOnce(C::Row) -> C::Value) {
    if let Some(at) = row.get::<C::Row>().copied() {
        row.insert(C::wrap(value(at)));
    }
}

/// Multiplies a column of money by a factor.
pub(crate) fn scale<C: Column<Value = f64>>(world: &mut World, factor: f64) {
    C::peel_slice_mut(column_mut::<C>(world)).iter_mut().for_each(|amount| *amount *= factor);
}

/// Where the rows of a column are, once they have been found.
#[derive(Clone, Copy)]
struct Place {
    generation: ArchetypeGeneration,
    table: Option<TableId>,
    cities: usize,
}

/// What a parameter that reads a column keeps between runs: the query that stands for its access, and where the rows are.
pub struct ColumnState<Q: bevy_ecs::query::QueryData + 'static> {
    query: QueryState<Q>,
    row: ComponentId,
    column: ComponentId,
    place: Place,
}

impl<Q: bevy_ecs::query::QueryData + 'static> ColumnState<Q> {
    fn new<C: Column>(world: &mut World) -> Self {
        Self {
            row: world.register_component::<C::Row>(),
            column: world.register_component::<C>(),
            query: <Query<Q> as SystemParam>::init_state(world),
            place: Place { generation: ArchetypeGeneration::initial(), table: None, cities: 0 },
        }
    }

    /// The cells of the column, and the number of cities.
    ///
    /// # Safety
    /// The world must be that of the state, and nobody may write the column, or [`Column::Row`], while it is read.
    unsafe fn cells<'w, C: Column>(&mut self, world: UnsafeWorldCell<'w>) -> (&'w [UnsafeCell<C>], usize) {
        if self.place.generation != world.archetypes().generation() {
            // SAFETY: as the caller promises.
            self.place = unsafe { find::<C>(world, self.row, self.column) };
        }
        // SAFETY: as the caller promises; the identifier is that of the component.
        (unsafe { cells(world, self.place.table, self.column) }, self.place.cities)
    }
}

/// The one table that holds the rows of a column.
///
/// # Panics
/// If rows are spread over several tables, or not in their order: only a fault of the opening state could do that.
///
/// # Safety
/// Nobody may write [`Column::Row`] meanwhile.
unsafe fn find<C: Column>(world: UnsafeWorldCell, row: ComponentId, column: ComponentId) -> Place {
    let mut tables = world
        .archetypes()
        .iter()
        .filter(|archetype| !archetype.is_empty() && archetype.contains(row) && archetype.contains(column))
        .map(bevy_ecs::archetype::Archetype::table_id);
    let table = tables.next();
    assert!(tables.next().is_none(), "{} has its rows in one table", std::any::type_name::<C>());
    // SAFETY: nobody writes rows; the identifier is that of the component.
    let rows = unsafe { cells::<C::Row>(world, table, row) };
    // SAFETY: nobody writes rows.
    let city = |row: &UnsafeCell<C::Row>| usize::from(unsafe { *row.get() }.city());
    let cities = rows.last().map_or(0, |last| city(last) + 1);
    assert!(rows.iter().enumerate().all(|(at, row)| city(row) == at % cities), "rows are in the order of cities");
    Place { generation: world.archetypes().generation(), table, cities }
}

/// # Safety
/// `component` must be the identifier of `T`.
unsafe fn cells<T>(world: UnsafeWorldCell<'_>, table: Option<TableId>, component: ComponentId) -> &[UnsafeCell<T>] {
    // SAFETY: only the column is read through this, as registered.
    let tables = unsafe { &world.storages().tables };
    let table = table.and_then(|table| tables.get(table));
    // SAFETY: the identifier is that of the component.
    table.and_then(|table| unsafe { table.get_data_slice_for::<T>(component) }).unwrap_or_default()
}

/// # Safety
/// Nobody may write the cells while the slice lives.
unsafe fn read<T>(cells: &[UnsafeCell<T>]) -> &[T] {
    // SAFETY: `UnsafeCell<T>` has the layout of `T`.
    unsafe { std::slice::from_raw_parts(cells.as_ptr().cast::<T>(), cells.len()) }
}

/// # Safety
/// Nobody may read or write the cells while the slice lives.
#[expect(clippy::mut_from_ref, reason = "cells are there for it")]
unsafe fn write<T>(cells: &[UnsafeCell<T>]) -> &mut [T] {
    // SAFETY: `UnsafeCell<T>` has the layout of `T`, and lets what it holds be changed.
    unsafe { std::slice::from_raw_parts_mut(UnsafeCell::raw_get(cells.as_ptr()), cells.len()) }
}

fn column<C: Column>(world: &World) -> (&[C], usize) {
    let identifiers = (world.component_id::<C::Row>(), world.component_id::<C>());
    let (Some(row), Some(column)) = identifiers else { return (&[], 0) };
    let world = world.as_unsafe_world_cell_readonly();
    // SAFETY: the world is borrowed for as long as the slice, and nobody writes it.
    unsafe {
        let place = find::<C>(world, row, column);
        (read(cells(world, place.table, column)), place.cities)
    }
}

fn column_mut<C: Column>(world: &mut World) -> &mut [C] {
    let (row, column) = (world.register_component::<C::Row>(), world.register_component::<C>());
    let world = world.as_unsafe_world_cell();
    // SAFETY: the world is borrowed mutably for as long as the slice.
    unsafe { write(cells(world, find::<C>(world, row, column).table, column)) }
}

/// Columns of a world outside systems: in the opening state, in tests, for whoever holds a model.
pub trait WorldColumns {
    /// A figure of every city; empty if the world has none.
    fn by_city<C: Column<Row = City>>(&self) -> &[C::Value];
    /// The same, to be changed.
    fn by_city_mut<C: Column<Row = City>>(&mut self) -> &mut [C::Value];
    /// A figure of every industry and city.
    fn by_sector<C: Column<Row = Sector>>(&self) -> BySector<'_, C>;
    /// The same, to be changed.
    fn by_sector_mut<C: Column<Row = Sector>>(&mut self) -> BySectorMut<'_, C>;
}

impl WorldColumns for World {
    fn by_city<C: Column<Row = City>>(&self) -> &[C::Value] {
        C::peel_slice(column::<C>(self).0)
    }

    fn by_city_mut<C: Column<Row = City>>(&mut self) -> &mut [C::Value] {
        C::peel_slice_mut(column_mut::<C>(self))
    }

    fn by_sector<C: Column<Row = Sector>>(&self) -> BySector<'_, C> {
        let (all, cities) = column::<C>(self);
        BySector { all: C::peel_slice(all), cities }
    }

    fn by_sector_mut<C: Column<Row = Sector>>(&mut self) -> BySectorMut<'_, C> {
        let cities = column::<C>(self).1;
        BySectorMut { all: C::peel_slice_mut(column_mut::<C>(self)), cities }
    }
}

/// A figure of every city, in the order of the region table: for reading.
pub struct ByCity<'w, C: Column>(&'w [C::Value]);

/// A figure of every city, in the order of the region table: for writing.
pub struct ByCityMut<'w, C: Column>(&'w mut [C::Value]);

/// A figure of every industry and city, as `[industry][city]`: for reading.
pub struct BySector<'w, C: Column> {
    all: &'w [C::Value],
    cities: usize,
}

/// A figure of every industry and city, as `[industry][city]`: for writing.
pub struct BySectorMut<'w, C: Column> {
    all: &'w mut [C::Value],
    cities: usize,
}

impl<C: Column> Deref for ByCity<'_, C> {
    type Target = [C::Value];

    fn deref(&self) -> &Self::Target {
        self.0
    }
}

impl<C: Column> Deref for ByCityMut<'_, C> {
    type Target = [C::Value];

    fn deref(&self) -> &Self::Target {
        self.0
    }
}

impl<C: Column> DerefMut for ByCityMut<'_, C> {
    fn deref_mut(&mut self) -> &mut Self::Target {
        self.0
    }
}

impl<C: Column> BySector<'_, C> {
    /// One slice of cities for each industry.
    pub fn rows(&self) -> std::slice::ChunksExact<'_, C::Value> {
        self.all.chunks_exact(self.cities.max(1))
    }
}

impl<C: Column> BySectorMut<'_, C> {
    /// One slice of cities for each industry.
    pub fn rows(&self) -> std::slice::ChunksExact<'_, C::Value> {
        self.all.chunks_exact(self.cities.max(1))
    }

    /// One slice of cities for each industry, to be changed.
    pub fn rows_mut(&mut self) -> std::slice::ChunksExactMut<'_, C::Value> {
        self.all.chunks_exact_mut(self.cities.max(1))
    }
}

impl<C: Column> Index<usize> for BySector<'_, C> {
    type Output = [C::Value];

    fn index(&self, industry: usize) -> &Self::Output {
        &self.all[industry * self.cities..(industry + 1) * self.cities]
    }
}

impl<C: Column> Index<usize> for BySectorMut<'_, C> {
    type Output = [C::Value];

    fn index(&self, industry: usize) -> &Self::Output {
        &self.all[industry * self.cities..(industry + 1) * self.cities]
    }
}

impl<C: Column> IndexMut<usize> for BySectorMut<'_, C> {
    fn index_mut(&mut self, industry: usize) -> &mut Self::Output {
        &mut self.all[industry * self.cities..(industry + 1) * self.cities]
    }
}

/// Makes a type a parameter of systems whose access is that of a query over the column.
macro_rules! parameter {
    ($name:ident, $row:ty, $access:ty, |$cells:ident, $cities:ident| $value:expr) => {
        // SAFETY: what is read or written is registered as the access of the query, and only the column is touched.
        unsafe impl<C: Column<Row = $row>> SystemParam for $name<'_, C> {
            type State = ColumnState<(&'static $row, $access)>;
            type Item<'w, 's> = $name<'w, C>;

            fn init_state(world: &mut World) -> Self::State {
                ColumnState::new::<C>(world)
            }

            fn init_access(state: &Self::State, meta: &mut SystemMeta, access: &mut SystemAccess, world: &mut World) {
                <Query<(&'static $row, $access)> as SystemParam>::init_access(&state.query, meta, access, world);
            }

            #[inline]
            unsafe fn get_param<'w, 's>(
                state: &'s mut Self::State,
                _: &SystemMeta,
                world: UnsafeWorldCell<'w>,
                _: Tick,
            ) -> Result<Self::Item<'w, 's>, SystemParamValidationError> {
                // SAFETY: the caller has access to all that `init_access` registered.
                let ($cells, $cities) = unsafe { state.cells::<C>(world) };
                // SAFETY: as above.
                Ok(unsafe { $value })
            }
        }
    };
}

parameter!(ByCity, City, &'static C, |cells, _cities| ByCity(C::peel_slice(read(cells))));
parameter!(ByCityMut, City, &'static mut C, |cells, _cities| ByCityMut(C::peel_slice_mut(write(cells))));
parameter!(BySector, Sector, &'static C, |cells, cities| BySector { all: C::peel_slice(read(cells)), cities });
parameter!(BySectorMut, Sector, &'static mut C, |cells, cities| BySectorMut {
    all: C::peel_slice_mut(write(cells)),
    cities
});

// SAFETY: their access is that of a query that reads.
unsafe impl<C: Column<Row = City>> ReadOnlySystemParam for ByCity<'_, C> {}
// SAFETY: the same.
unsafe impl<C: Column<Row = Sector>> ReadOnlySystemParam for BySector<'_, C> {}
