// The routes with koa-session and koa-redis.
import Koa from 'koa'
import redisStore from 'koa-redis'
import { createSession } from 'koa-session'

const CART = Array.from({ length: 10 }, (_, i) => `item-${String(i + 1).padStart(4, '0')}`)

const routes = {
  'GET /plain': () => 'hello',
  'POST /login': ctx => {
    ctx.session = { user: ctx.query.user, views: 0, theme: 'dark', cart: CART }
    return 'ok'
  },
  'GET /read': ctx => `${ctx.session.user ?? ctx.throw(401)} ${ctx.session.views}`,
  'POST /inc': ctx => String(ctx.session.user === undefined ? ctx.throw(401) : ++ctx.session.views),
  'POST /logout': ctx => {
    ctx.session = null
    return 'ok'
  }
}

const app = new Koa()
app.keys = ['only for measurements']
app.use(createSession({ store: redisStore({ url: process.env.REDIS_URI }), prefix: 'koa:', maxAge: 86_400_000 }, app))
app.use(ctx => {
  ctx.body = (routes[`${ctx.method} ${ctx.path}`] ?? (() => ctx.throw(404)))(ctx)
})
app.listen(Number(process.env.PORT), '127.0.0.1')
