package io.quarkiverse.imsession.runtime.redis.client;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

import io.quarkus.runtime.util.HashUtil;

/** A Lua script and the SHA-1 by which Redis knows it. */
public record RedisScript(String source, String sha1) {

    /** @param names files in {@code META-INF/imsession}: functions first, and then the script that calls them */
    public static RedisScript load(String... names) {
        StringBuilder source = new StringBuilder();
        for (String name : names) {
            source.append(read(name));
        }
        return new RedisScript(source.toString(), HashUtil.sha1(source.toString()));
    }

    private static String read(String name) {
        String path = "META-INF/imsession/" + name;
        try (InputStream in = RedisScript.class.getClassLoader().getResourceAsStream(path)) {
            if (in == null) {
                throw new IllegalStateException(path + " is missing: the artifact of the extension is incomplete");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
