from views import page

v = page.visit()
page.bar(v)
page.head(v, "method", v.w("site.nav.method"), v.w("site.description"))
page.foot(v)
