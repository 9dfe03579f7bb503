package org.acme.shop;

import java.util.List;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

@Path("/")
@Produces(MediaType.TEXT_HTML)
public class Shop {

    @CheckedTemplate
    static class Templates {

        static native TemplateInstance page(List<Product> products);
    }

    @GET
    public TemplateInstance page() {
        return Templates.page(List.of(Product.values()));
    }
}
