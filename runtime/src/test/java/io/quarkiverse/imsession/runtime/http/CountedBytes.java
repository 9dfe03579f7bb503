package io.quarkiverse.imsession.runtime.http;

import java.lang.reflect.Proxy;

import io.vertx.core.buffer.Buffer;

/** A body that arrives, and counts how often its bytes are looked at. */
final class CountedBytes {

    private final Buffer arrived = Buffer.buffer();
    private final Buffer counting = (Buffer) Proxy.newProxyInstance(Buffer.class.getClassLoader(),
            new Class<?>[] { Buffer.class },
            (proxy, method, arguments) -> switch (method.getName()) {
                case "length" -> arrived.length();
                case "getByte" -> getByte((int) arguments[0]);
                case "getString" -> getString((int) arguments[0], (int) arguments[1]);
                default -> throw new UnsupportedOperationException(method.getName());
            });
    private long looks;

    Buffer buffer() {
        return counting;
    }

    void arrive(byte[] bytes, int start, int length) {
        arrived.appendBytes(bytes, start, length);
    }

    long looks() {
        return looks;
    }

    private byte getByte(int index) {
        looks++;
        return arrived.getByte(index);
    }

    private String getString(int start, int end) {
        looks += end - start;
        return arrived.getString(start, end);
    }
}
