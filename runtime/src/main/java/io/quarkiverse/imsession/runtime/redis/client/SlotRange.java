package io.quarkiverse.imsession.runtime.redis.client;

import java.nio.charset.StandardCharsets;

/**
 * A range of consecutive slots of a Redis Cluster. See the
 * <a href="https://redis.io/docs/latest/operate/oss_and_stack/reference/cluster-spec/">Redis Cluster specification</a>.
 *
 * @param from the first slot
 * @param to the last slot
 */
public record SlotRange(int from, int to) {

    public static final int LAST = 16383;

    public boolean contains(String key) {
        return contains(slot(key));
    }

    public boolean contains(int slot) {
        return from <= slot && slot <= to;
    }

    /** A name whose slot is one of these, for commands that need a key. */
    public String anyKey() {
        int number = 0;
        while (!contains(Integer.toString(number))) {
            number++;
        }
        return Integer.toString(number);
    }

    /** The slot of a key, by the text in the first braces, or by the whole key if there are none. */
    public static int slot(String key) {
        int open = key.indexOf('{');
        int close = open < 0 ? -1 : key.indexOf('}', open);
        return crc16(close > open + 1 ? key.substring(open + 1, close) : key) & LAST;
    }

    /** CRC-16/XMODEM. */
    private static int crc16(String text) {
        int crc = 0;
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            crc ^= (b & 0xFF) << 8;
            for (int bit = 0; bit < 8; bit++) {
                crc = (crc & 0x8000) == 0 ? crc << 1 : crc << 1 ^ 0x1021;
            }
        }
        return crc & 0xFFFF;
    }
}
