"""The links room, proved without the looks of its pay page, which have tests of their own."""
