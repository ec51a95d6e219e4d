from views import page

v = page.visit()
page.bar(v)
page.head(v, "overview", v.w("site.nav.overview"), v.w("site.description"))
page.foot(v)
