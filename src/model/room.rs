//! Room in lists that grow long.

/// A list of fewer bytes grows as any other does.
const LONG: usize = 1 << 20;
/// So many bytes the system gives by itself, page by page as they are used, and
/// gets back whole; of less, the allocator may keep what a list leaves behind.
const BY_ITSELF: usize = 33 << 20;

/// Makes room in a list for so many more, so that its memory can go back to the
/// system in the end if it is a long one.
pub(crate) fn make_room<T>(list: &mut Vec<T>, more: usize) {
    if let Some(room) = room(list.len(), list.capacity(), size_of::<T>().max(1), more) {
        list.reserve_exact(room);
    }
}

/// The same in a text, for so many bytes more.
pub(crate) fn make_room_for_text(text: &mut String, more: usize) {
    if let Some(room) = room(text.len(), text.capacity(), 1, more) {
        text.reserve_exact(room);
    }
}

/// For how many there should be room, if for more than there is.
fn room(length: usize, capacity: usize, size: usize, more: usize) -> Option<usize> {
    let is_short = capacity - length < more && length * size >= LONG;
    is_short.then(|| more.max(BY_ITSELF / size).max(length / 2))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_long_list_gets_room_and_then_much() {
        let mut list: Vec<u64> = Vec::new();
        make_room(&mut list, 5);
        assert_eq!(list.capacity(), 0);
        list.resize(LONG / 8, 0);
        list.shrink_to_fit();
        make_room(&mut list, 1);
        let room = list.capacity();
        assert!(room * 8 >= BY_ITSELF);
        let left = room - list.len();
        make_room(&mut list, left);
        assert_eq!(list.capacity(), room);
    }
}
