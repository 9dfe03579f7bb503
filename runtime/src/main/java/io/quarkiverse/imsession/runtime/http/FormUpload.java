package io.quarkiverse.imsession.runtime.http;

import java.nio.charset.Charset;

import org.jspecify.annotations.Nullable;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.multipart.MemoryFileUpload;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.file.AsyncFile;
import io.vertx.core.file.FileSystem;
import io.vertx.core.file.OpenOptions;
import io.vertx.core.http.HttpServerFileUpload;
import io.vertx.core.impl.ContextInternal;
import io.vertx.core.streams.Pipe;
import io.vertx.core.streams.impl.InboundBuffer;

/** A file of a form, which is passed on while it is read. Only the requests of Vert.x can make those of Vert.x. */
final class FormUpload implements HttpServerFileUpload {

    private final PeekedBody body;
    private final ContextInternal context;
    private final String name;
    private final Sink sink;
    private final InboundBuffer<Object> queue;

    private @Nullable Handler<Buffer> handler;
    private @Nullable Handler<Void> endHandler;
    private @Nullable Handler<Throwable> exceptionHandler;
    private long size;
    private boolean sizeAvailable;
    private @Nullable Pipe<Buffer> pipe;
    private @Nullable AsyncFile file;
    private boolean cancelled;

    FormUpload(PeekedBody body, String name, String filename, String contentType, String contentTransferEncoding,
            Charset charset, long size) {
        this.body = body;
        this.context = body.context();
        this.name = name;
        this.size = size;
        this.sizeAvailable = size > 0;
        this.sink = new Sink(filename, contentType, contentTransferEncoding, charset, size);
        this.queue = new InboundBuffer<>(context).drainHandler(ignored -> body.resume()).handler(this::emit);
    }

    /** The destination for the bytes that the decoder finds. */
    Sink sink() {
        return sink;
    }

    /** Ends the file with a failure, as the rest does not arrive. */
    void fail(Throwable failure) {
        Handler<Throwable> told;
        synchronized (this) {
            told = exceptionHandler;
        }
        if (told != null) {
            context.dispatch(failure, told);
        }
    }

    private void receive(Buffer data) {
        if (data.length() > 0 && !queue.write(data)) {
            body.pause();
        }
    }

    private void emit(Object item) {
        if (item == InboundBuffer.END_SENTINEL) {
            emitEnd();
        } else {
            emitData((Buffer) item);
        }
    }

    private void emitData(Buffer data) {
        Handler<Buffer> told;
        synchronized (this) {
            told = handler;
            if (!sizeAvailable) {
                size += data.length();
            }
        }
        if (told != null) {
            context.dispatch(data, told);
        }
    }

    private void emitEnd() {
        Handler<Void> told;
        synchronized (this) {
            told = endHandler;
            sizeAvailable = true;
        }
        if (told != null) {
            context.dispatch(told);
        }
    }

    @Override
    public synchronized HttpServerFileUpload handler(@Nullable Handler<Buffer> newHandler) {
        handler = newHandler;
        return this;
    }

    @Override
    public synchronized HttpServerFileUpload endHandler(@Nullable Handler<Void> newHandler) {
        endHandler = newHandler;
        return this;
    }

    @Override
    public synchronized HttpServerFileUpload exceptionHandler(@Nullable Handler<Throwable> newHandler) {
        exceptionHandler = newHandler;
        return this;
    }

    @Override
    public HttpServerFileUpload pause() {
        queue.pause();
        return this;
    }

    @Override
    public HttpServerFileUpload resume() {
        return fetch(Long.MAX_VALUE);
    }

    @Override
    public HttpServerFileUpload fetch(long amount) {
        queue.fetch(amount);
        return this;
    }

    @Override
    public void streamToFileSystem(String path, @Nullable Handler<AsyncResult<Void>> told) {
        Future<Void> done = streamToFileSystem(path);
        if (told != null) {
            done.onComplete(told);
        }
    }

    @Override
    public Future<Void> streamToFileSystem(String path) {
        Pipe<Buffer> streaming;
        synchronized (this) {
            if (pipe != null) {
                return context.failedFuture("Already streaming");
            }
            streaming = pipe().endOnComplete(true);
            pipe = streaming;
        }
        FileSystem files = context.owner().fileSystem();
        return files.open(path, new OpenOptions()).onFailure(failure -> streaming.close())
                .compose(opened -> streaming.to(opened).compose(ignored -> streamed(opened))
                        .recover(failure -> files.delete(path).transform(deleted -> context.failedFuture(failure))));
    }

    private synchronized Future<Void> streamed(AsyncFile opened) {
        if (cancelled) {
            return context.failedFuture("Streaming aborted");
        }
        file = opened;
        return context.succeededFuture();
    }

    @Override
    public boolean cancelStreamToFileSystem() {
        Pipe<Buffer> streaming;
        synchronized (this) {
            streaming = pipe;
            if (streaming == null) {
                throw new IllegalStateException("Not a streaming upload");
            }
            if (file != null) {
                return false;
            }
            cancelled = true;
        }
        streaming.close();
        return true;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String filename() {
        return sink.getFilename();
    }

    @Override
    public String contentType() {
        return sink.getContentType();
    }

    @Override
    public String contentTransferEncoding() {
        return sink.getContentTransferEncoding();
    }

    @Override
    public String charset() {
        return sink.getCharset().toString();
    }

    @Override
    public synchronized long size() {
        return size;
    }

    @Override
    public synchronized boolean isSizeAvailable() {
        return sizeAvailable;
    }

    @Override
    public synchronized @Nullable AsyncFile file() {
        return file;
    }

    /** Passes the bytes on that the decoder hands over to be kept. */
    final class Sink extends MemoryFileUpload {

        /** The decoder requires a name, and does not use it. */
        private static final String ANY_NAME = "file";

        Sink(String filename, String contentType, String contentTransferEncoding, Charset charset, long size) {
            super(ANY_NAME, filename, contentType, contentTransferEncoding, charset, size);
        }

        FormUpload upload() {
            return FormUpload.this;
        }

        @Override
        public void addContent(ByteBuf data, boolean last) {
            size += data.readableBytes();
            receive(Buffer.buffer(data));
            if (last) {
                setCompleted();
                queue.write(InboundBuffer.END_SENTINEL);
            }
        }
    }
}
