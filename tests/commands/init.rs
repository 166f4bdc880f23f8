//! `drawdown init`: a configuration to start from.

use super::support::World;

#[test]
fn writes_a_configuration_that_changes_nothing_and_never_overwrites_one() {
    let lines = "id,order,state,product,ordered,unit,tracking,policy\nL1,SO1,sale,Support,5,Hours,contract,ordered\n";
    let world = World::new().file("lines.csv", lines);
    let before = world.reconcile(&["--quiet"]).expect_code(0).json();
    world.run(&["init"]).expect_code(0);
    let after = world.reconcile(&["--quiet"]).expect_code(0).json();
    assert_eq!(before["configuration"], after["configuration"]);
    let run = world.run(&["init"]).expect_code(2);
    assert!(run.stderr.contains("it is there already"), "{}", run.stderr);
}
