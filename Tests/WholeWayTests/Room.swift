// WholeWayTests
