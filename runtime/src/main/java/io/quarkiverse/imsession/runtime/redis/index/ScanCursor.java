package io.quarkiverse.imsession.runtime.redis.index;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import io.quarkiverse.imsession.runtime.redis.client.SlotRange;
import io.quarkiverse.imsession.runtime.store.ForeignCursorException;

/**
 * The beginning of a page of all sessions. The slots are scanned in order, so that each slot is scanned even if another node
 * takes it over meanwhile. A server that is no node of a cluster counts as a node with all slots.
 *
 * @param slots the slots that are being scanned; all slots before them are done
 * @param node the node that has returned the position; empty at the beginning and without a cluster
 * @param position the cursor of SCAN: a number of that node, 0 to begin
 */
record ScanCursor(SlotRange slots, String node, String position) {

    private static final String START = "0";
    private static final Pattern TEXT = Pattern.compile("(\\d{1,5})-(\\d{1,5}):([0-9a-f]{0,40}):(\\d{1,20})");

    /** @throws IllegalArgumentException if the text is no cursor */
    static ScanCursor parse(@Nullable String text) {
        if (text == null) {
            return beginning(0);
        }
        Matcher matcher = TEXT.matcher(text);
        if (matcher.matches()) {
            int from = Integer.parseInt(matcher.group(1));
            int to = Integer.parseInt(matcher.group(2));
            if (from <= to && to <= SlotRange.LAST) {
                return new ScanCursor(new SlotRange(from, to), matcher.group(3), matcher.group(4));
            }
        }
        throw new ForeignCursorException();
    }

    /** The same place in a cluster whose nodes have these slots, sorted; null if no node has slots from here on. */
    @Nullable
    ScanCursor in(List<SlotRange> nodes) {
        for (SlotRange node : nodes) {
            if (node.contains(slots.from())) {
                return new ScanCursor(new SlotRange(slots.from(), Math.min(slots.to(), node.to())), this.node, position);
            }
            if (node.from() > slots.from()) {
                return new ScanCursor(node, "", START);
            }
        }
        return null;
    }

    /** The cursor after a node has returned the next position. Null if all slots are done. */
    @Nullable
    ScanCursor next(String node, String position) {
        if (!position.equals(START)) {
            return new ScanCursor(slots, node, position);
        }
        return slots.to() == SlotRange.LAST ? null : beginning(slots.to() + 1);
    }

    private static ScanCursor beginning(int slot) {
        return new ScanCursor(new SlotRange(slot, SlotRange.LAST), "", START);
    }

    @Override
    public String toString() {
        return slots.from() + "-" + slots.to() + ":" + node + ":" + position;
    }
}
