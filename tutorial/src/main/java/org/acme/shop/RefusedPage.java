package org.acme.shop;

import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

import io.quarkiverse.imsession.RequestRefusedException;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/** The answer to forms that the extension refuses. */
public class RefusedPage {

    @CheckedTemplate
    static class Templates {

        static native TemplateInstance page();
    }

    @ServerExceptionMapper
    public Response answer(RequestRefusedException refused) {
        return Response.status(refused.status())
                .type(MediaType.TEXT_HTML_TYPE.withCharset("utf-8"))
                .entity(Templates.page().render())
                .build();
    }
}
