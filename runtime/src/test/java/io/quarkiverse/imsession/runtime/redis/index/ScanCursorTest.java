package io.quarkiverse.imsession.runtime.redis.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

import org.junit.jupiter.api.Test;

import io.quarkiverse.imsession.runtime.redis.client.SlotRange;

class ScanCursorTest {

    private static final String NODE = "0123456789abcdef0123456789abcdef01234567";
    private static final List<SlotRange> THIRDS = List.of(new SlotRange(0, 5460), new SlotRange(5461, 10922),
            new SlotRange(10923, 16383));

    @Test
    void everyCursorIsReadAsItWasWritten() {
        ScanCursor cursor = new ScanCursor(new SlotRange(5461, 10922), NODE, "18446744073709551615");
        assertThat(ScanCursor.parse(cursor.toString())).isEqualTo(cursor);
        ScanCursor begin = ScanCursor.parse(null);
        assertThat(ScanCursor.parse(begin.toString())).isEqualTo(begin);
    }

    @Test
    void listingGoesThroughAllSlotsNodeByNode() {
        ScanCursor cursor = ScanCursor.parse(null).in(THIRDS);
        assertThat(cursor).isEqualTo(new ScanCursor(THIRDS.get(0), "", "0"));
        cursor = cursor.next(NODE, "17").in(THIRDS);
        assertThat(cursor).isEqualTo(new ScanCursor(THIRDS.get(0), NODE, "17"));
        cursor = cursor.next(NODE, "0").in(THIRDS);
        assertThat(cursor).isEqualTo(new ScanCursor(THIRDS.get(1), "", "0"));
        cursor = cursor.next(NODE, "0").in(THIRDS);
        assertThat(cursor).isEqualTo(new ScanCursor(THIRDS.get(2), "", "0"));
        assertThat(cursor.next(NODE, "0")).isNull();
    }

    @Test
    void serverWithoutAClusterHasAllSlots() {
        ScanCursor cursor = ScanCursor.parse(null).next("", "5");
        assertThat(cursor).isEqualTo(new ScanCursor(new SlotRange(0, 16383), "", "5"));
        assertThat(cursor.next("", "0")).isNull();
    }

    @Test
    void slotsThatJoinedANodeMeanwhileAreLookedThroughAfterwards() {
        ScanCursor cursor = new ScanCursor(new SlotRange(0, 5460), NODE, "17");
        List<SlotRange> grown = List.of(new SlotRange(0, 8000), new SlotRange(8001, 16383));
        assertThat(cursor.in(grown)).isEqualTo(cursor);
        assertThat(cursor.next(NODE, "0").in(grown)).isEqualTo(new ScanCursor(new SlotRange(5461, 8000), "", "0"));
    }

    @Test
    void slotsThatLeftANodeMeanwhileAreLookedThroughWhereTheyAre() {
        ScanCursor cursor = new ScanCursor(new SlotRange(0, 5460), NODE, "17");
        List<SlotRange> shrunk = List.of(new SlotRange(0, 100), new SlotRange(101, 16383));
        assertThat(cursor.in(shrunk)).isEqualTo(new ScanCursor(new SlotRange(0, 100), NODE, "17"));
        assertThat(cursor.in(shrunk).next(NODE, "0").in(shrunk))
                .isEqualTo(new ScanCursor(new SlotRange(101, 16383), "", "0"));
    }

    @Test
    void slotsThatNobodyHasAreLeftOut() {
        List<SlotRange> gap = List.of(new SlotRange(100, 200), new SlotRange(300, 400));
        assertThat(ScanCursor.parse(null).in(gap)).isEqualTo(new ScanCursor(new SlotRange(100, 200), "", "0"));
        assertThat(new ScanCursor(new SlotRange(201, 16383), "", "0").in(gap))
                .isEqualTo(new ScanCursor(new SlotRange(300, 400), "", "0"));
        assertThat(new ScanCursor(new SlotRange(401, 16383), "", "0").in(gap)).isNull();
        assertThat(ScanCursor.parse(null).in(List.of())).isNull();
    }

    @Test
    void aKeyIsFoundForEachSlot() {
        for (int slot = 0; slot <= SlotRange.LAST; slot += 1001) {
            assertThat(SlotRange.slot(new SlotRange(slot, slot).anyKey())).isEqualTo(slot);
        }
    }
}
